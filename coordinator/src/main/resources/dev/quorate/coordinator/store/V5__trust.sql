-- Versions of the trust root that were in force here, and what was signed because of them.
CREATE TABLE trust (
  version  INTEGER PRIMARY KEY,
  body     BLOB NOT NULL,
  at       TEXT NOT NULL,
  reviewed INTEGER NOT NULL
) STRICT;

CREATE TABLE notice (
  version  INTEGER NOT NULL,
  subject  TEXT NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (version, subject)
) STRICT;

-- What a round was about and came to, to be found by; null in rounds of before until the next start.
ALTER TABLE round ADD COLUMN name TEXT;
ALTER TABLE round ADD COLUMN release TEXT;
ALTER TABLE round ADD COLUMN platform TEXT;
ALTER TABLE round ADD COLUMN certified INTEGER;
CREATE INDEX round_by_name ON round (name, platform, certified);
