-- Hosts that proved which TPM they have.
CREATE TABLE enrolment (
  builder     TEXT PRIMARY KEY,
  host        TEXT NOT NULL,
  endorsement BLOB NOT NULL,
  attestation BLOB NOT NULL,
  at          TEXT NOT NULL
) STRICT;
