package dev.quorate.coordinator.round;

/** How far a round is. The names appear in the status. */
public enum Phase {
    /** The opening is signed and logged. */
    DISPATCHED,
    /** A first commitment is logged. */
    COMMITTING,
    /** No more commitments; results are told. */
    REVEALING,
    /** The verdict is known. */
    TALLIED,
    /** The certificate is in the log. */
    LOGGED;

    /** Whether a commitment may still come. */
    boolean takesCommitments() {
        return this == DISPATCHED || this == COMMITTING;
    }

    /** Whether the verdict is known. */
    public boolean isCounted() {
        return this == TALLIED || this == LOGGED;
    }
}
