-- Rounds, their events, and the envelopes that were taken. Never edit a migration that was released; add one.
CREATE TABLE round (
  id       TEXT PRIMARY KEY,
  spec     TEXT NOT NULL,
  ordinal  INTEGER NOT NULL UNIQUE,
  phase    TEXT NOT NULL
) STRICT;
CREATE INDEX round_by_spec ON round (spec, phase);

CREATE TABLE event (
  round    TEXT NOT NULL REFERENCES round (id),
  number   INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE envelope (
  round    TEXT NOT NULL REFERENCES round (id),
  digest   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  log_index INTEGER,
  body     BLOB NOT NULL,
  PRIMARY KEY (round, digest)
) STRICT;
