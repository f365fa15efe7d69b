-- Tokens of time-stamping authorities over the signatures of certificates, by SHA-256 of the signature: the digest of an
-- envelope leaves its signature out, and one certificate may have been signed twice.
CREATE TABLE timestamp (
  signature   TEXT PRIMARY KEY,
  token       BLOB NOT NULL
) STRICT;
