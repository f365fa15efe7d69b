-- Hosts that proved which TPM they have, and what their newest evidence was found to be.
CREATE TABLE enrolment (
  builder     TEXT PRIMARY KEY,
  host        TEXT NOT NULL,
  endorsement BLOB NOT NULL,
  attestation BLOB NOT NULL,
  at          TEXT NOT NULL
) STRICT;

CREATE TABLE standing (
  builder     TEXT PRIMARY KEY,
  host        TEXT NOT NULL,
  assurance   TEXT NOT NULL,
  refusal     TEXT NOT NULL,
  at          TEXT NOT NULL
) STRICT;
