package dev.quorate.log;

import dev.quorate.digest.Sha256;
import java.util.List;

/** Compares successive checkpoints of one log. */
public final class LogMonitor {
    private LogMonitor() {}

    /**
     * Verifies a new checkpoint and compares it with the known one.
     *
     * @param proof consistency proof between the two; empty if the new head is not larger
     */
    public static LogObservation compare(
            CheckpointVerifier verifier, VerifiedCheckpoint known, byte[] next, List<Sha256> proof) {
        return switch (verifier.verify(next)) {
            case CheckpointCheck.Refused(CheckpointRefusal reason, String detail) ->
                new LogObservation.BadSignature(reason, detail);
            case CheckpointCheck.Verified(VerifiedCheckpoint verified) -> compare(known, verified, proof);
        };
    }

    /** Compares two verified checkpoints of one log. */
    public static LogObservation compare(VerifiedCheckpoint known, VerifiedCheckpoint next, List<Sha256> proof) {
        if (next.head().size() < known.head().size()) {
            return new LogObservation.Rollback(known, next);
        }
        boolean sameSize = next.head().size() == known.head().size();
        ProofCheck check = MerkleProof.consistency(known.head(), next.head(), sameSize ? List.of() : proof);
        return switch (check) {
            case PROVEN -> new LogObservation.Consistent(next);
            // The hashes lead to the new root, so they are the new tree's own, and its beginning is not the known tree.
            case WRONG_OLD_ROOT -> new LogObservation.Fork(known, next);
            case OUT_OF_RANGE, WRONG_LENGTH, WRONG_ROOT -> new LogObservation.Unproven(known, next, check);
        };
    }
}
