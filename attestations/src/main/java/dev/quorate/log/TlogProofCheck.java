package dev.quorate.log;

/** What came of verifying a tlog-proof. */
public sealed interface TlogProofCheck {
    /** The leaf is in the log at this index, under this head. */
    record Included(VerifiedCheckpoint checkpoint, LogIndex index) implements TlogProofCheck {}

    /**
     * The checkpoint is not to be believed.
     *
     * @param detail one sentence, safe to print
     */
    record CheckpointRefused(CheckpointRefusal reason, String detail) implements TlogProofCheck {}

    /** The checkpoint is good, and the leaf is not shown to be under it. */
    record NotIncluded(ProofCheck why) implements TlogProofCheck {}
}
