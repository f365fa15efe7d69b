-- Names of the files of certified rounds, without directories, for tools that ask by the name of a package.
CREATE TABLE certified_file (
  name  TEXT NOT NULL,
  round TEXT NOT NULL REFERENCES round (id),
  PRIMARY KEY (name, round)
) STRICT, WITHOUT ROWID;
