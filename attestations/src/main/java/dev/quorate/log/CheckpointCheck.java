package dev.quorate.log;

/** What came of verifying a checkpoint. */
public sealed interface CheckpointCheck {
    /** It is the log's, and witnessed as the policy asks. */
    record Verified(VerifiedCheckpoint checkpoint) implements CheckpointCheck {}

    /**
     * It is not to be believed.
     *
     * @param detail one sentence, safe to print
     */
    record Refused(CheckpointRefusal reason, String detail) implements CheckpointCheck {}
}
