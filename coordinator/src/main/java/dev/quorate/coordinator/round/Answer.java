package dev.quorate.coordinator.round;

import java.time.Instant;

/** What the one who caused an event is told. */
public sealed interface Answer {
    /** Nothing more to say. */
    record Noted() implements Answer {}

    /** There is no work for this builder in this round now. */
    record NoWork() implements Answer {}

    /** The work is the builder's. */
    record Granted(LeaseToken token, Stage stage, Instant expires) implements Answer {}

    /** The lease lasts longer. */
    record Extended(Instant expires) implements Answer {}

    /** The envelope is taken; for a repetition, the one that was taken. */
    record Taken(Filed filed) implements Answer {}

    /** It is not taken. */
    record Refused(Refusal refusal) implements Answer {}

    /** What a lease is for. The names in the protocol are in lower case. */
    enum Stage {
        /** Build and commit. */
        BUILD,
        /** Wait for the others and reveal. */
        REVEAL
    }

    /** Why something is not taken. */
    enum Refusal {
        /** Another lease of the same assignment is newer. */
        LEASE_LOST,
        /** The builder is not enrolled in this round. */
        NOT_ENROLLED,
        /** Another commitment was taken before; this one is kept as evidence. */
        SECOND_COMMITMENT,
        /** Another proof was taken before; this one is kept as evidence. */
        SECOND_PROOF,
        /** Revealing has begun, or the round is over for this builder. */
        TOO_LATE,
        /** A result is told only when revealing has begun. */
        TOO_EARLY,
        /** A result needs a commitment. */
        NOT_COMMITTED
    }
}
