-- Tokens of time-stamping authorities over the signatures of certificates, by the digest of the certificate's envelope.
CREATE TABLE timestamp (
  certificate TEXT PRIMARY KEY,
  token       BLOB NOT NULL
) STRICT;
