package dev.quorate.log;

/** What a monitor saw when it compared a log's new checkpoint with the one that it knew. */
public sealed interface LogObservation {
    /** The new head extends the known one, or is the same. Keep it for the next time. */
    record Consistent(VerifiedCheckpoint next) implements LogObservation {}

    /** The log signed two heads that cannot be of one history; the two notes are the evidence. */
    record Fork(VerifiedCheckpoint known, VerifiedCheckpoint next) implements LogObservation {}

    /** The log serves a head that is older than the known one. Stale, or rolled back: the known one stays. */
    record Rollback(VerifiedCheckpoint known, VerifiedCheckpoint next) implements LogObservation {}

    /** The new head is signed, and nobody showed that it extends the known one. No evidence of anything: ask again. */
    record Unproven(VerifiedCheckpoint known, VerifiedCheckpoint next, ProofCheck why) implements LogObservation {}

    /**
     * The new checkpoint is not to be believed; it accuses nobody.
     *
     * @param detail one sentence, safe to print
     */
    record BadSignature(CheckpointRefusal reason, String detail) implements LogObservation {}
}
