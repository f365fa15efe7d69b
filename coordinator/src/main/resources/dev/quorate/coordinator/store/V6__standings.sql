-- What is known of the state of builders' hosts, and what was signed whenever it changed.
CREATE TABLE standing (
  builder     TEXT PRIMARY KEY,
  state       TEXT NOT NULL,
  host        TEXT,
  boot        TEXT NOT NULL,
  reason      TEXT NOT NULL,
  evidence    TEXT NOT NULL,
  certificate TEXT,
  until       TEXT NOT NULL,
  at          TEXT NOT NULL
) STRICT;

CREATE TABLE host_notice (
  number   INTEGER PRIMARY KEY,
  builder  TEXT NOT NULL,
  notice   BLOB NOT NULL,
  evidence BLOB,
  key      TEXT
) STRICT;
CREATE INDEX host_notice_by_builder ON host_notice (builder);
