package dev.quorate.log;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Verifies checkpoints of one log. The log's key name is its origin.
 *
 * @param log the log's key
 * @param witnesses the witnesses that count, each with a key of its own
 * @param required how many of them must have cosigned
 */
public record CheckpointVerifier(NoteKey log, List<NoteKey> witnesses, int required) {
    /**
     * Keeps the keys.
     *
     * @throws IllegalArgumentException if a key has the wrong algorithm or appears twice, under whatever name, or more
     *     witnesses are required than there are
     */
    public CheckpointVerifier {
        witnesses = List.copyOf(witnesses);
        if (log.algorithm() != NoteAlgorithm.ED25519
                || !witnesses.stream().allMatch(w -> w.algorithm() == NoteAlgorithm.COSIGNATURE_V1)) {
            throw new IllegalArgumentException("a log's key is of type 1, a witness's of type 4");
        }
        Set<Ed25519PublicKey> keys = new HashSet<>(Set.of(log.key()));
        Set<KeyName> names = new HashSet<>(Set.of(log.name()));
        if (!witnesses.stream().allMatch(w -> keys.add(w.key()) && names.add(w.name()))) {
            throw new IllegalArgumentException("the log and its witnesses must have a name and a key each of its own");
        }
        if (required < 0 || required > witnesses.size()) {
            throw new IllegalArgumentException("the required witnesses must be 0 to " + witnesses.size());
        }
    }

    /** A verifier for the log's own signature only. */
    public static CheckpointVerifier unwitnessed(NoteKey log) {
        return new CheckpointVerifier(log, List.of(), 0);
    }

    /** Reads and verifies a checkpoint; whatever the bytes are, this answers. */
    public CheckpointCheck verify(byte[] bytes) {
        try {
            return verify(SignedNote.parse(bytes, "checkpoint"));
        } catch (MalformedException e) {
            return refused(CheckpointRefusal.MALFORMED, e.getMessage());
        }
    }

    /** Verifies a checkpoint that was read. */
    public CheckpointCheck verify(SignedNote note) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            return refused(CheckpointRefusal.MALFORMED, "checkpoint: " + e.getMessage());
        }
        if (!checkpoint.origin().equals(log.name().text())) {
            return refused(
                    CheckpointRefusal.WRONG_ORIGIN,
                    "the checkpoint is of " + Printable.quote(checkpoint.origin()) + ", not of " + log.name());
        }
        boolean signed = false;
        Map<String, Cosignature> cosignatures = new TreeMap<>();
        for (NoteSignature signature : note.signatures()) {
            if (signature.claims(log)) {
                if (!isByLog(note, signature)) {
                    return badSignature(log);
                }
                signed = true;
            }
            for (NoteKey witness : witnesses) {
                if (signature.claims(witness)) {
                    Optional<Cosignature> cosignature = Cosignature.verify(witness, note.text(), signature.blob());
                    if (cosignature.isEmpty()) {
                        return badSignature(witness);
                    }
                    // A witness may sign one head again later; what it knew first is what counts.
                    cosignatures.merge(witness.vkey(), cosignature.get(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
                }
            }
        }
        if (!signed) {
            return refused(CheckpointRefusal.NOT_SIGNED_BY_LOG, "the checkpoint has no signature by " + log.name());
        }
        if (cosignatures.size() < required) {
            return refused(
                    CheckpointRefusal.TOO_FEW_WITNESSES,
                    cosignatures.size() + " known witnesses cosigned, and " + required + " must");
        }
        return new CheckpointCheck.Verified(
                new VerifiedCheckpoint(checkpoint, note, List.copyOf(cosignatures.values())));
    }

    private boolean isByLog(SignedNote note, NoteSignature signature) {
        return log.key().verifies(note.textBytes(), signature.blob());
    }

    private static CheckpointCheck badSignature(NoteKey key) {
        return refused(
                CheckpointRefusal.BAD_SIGNATURE,
                "the signature under the name of " + Printable.of(key.name().text()) + " is not its own");
    }

    private static CheckpointCheck refused(CheckpointRefusal reason, String detail) {
        return new CheckpointCheck.Refused(reason, detail);
    }
}
