package dev.quorate.coordinator.store;

/** What an envelope is in its round. The names are stored. */
public enum EnvelopeKind {
    /** The maintainer's wish; not logged and not part of a kit. */
    SUBMISSION,
    /** The coordinator's opening. */
    OPENING,
    /** Evidence of a builder's host, refused evidence included. */
    EVIDENCE,
    /** A notice that a builder's host was lost; kept with the hosts' standings, and part of a round's kit. */
    NOTICE,
    /** A builder's commitment, evidence of a second one included. */
    COMMITMENT,
    /** A builder's proof, evidence of a second one included. */
    PROOF,
    /** The coordinator's certificate. */
    CERTIFICATE
}
