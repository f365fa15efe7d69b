-- Sigstore bundles of submissions that were signed without a key, by SHA-256 of the signature, as in timestamp.
CREATE TABLE keyless (
  signature   TEXT PRIMARY KEY,
  bundle      BLOB NOT NULL
) STRICT;
