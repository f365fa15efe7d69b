package dev.quorate.coordinator.log;

import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.LogIndex;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.SignedNote;
import dev.quorate.log.VerifiedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what witnesses' answers make of a head; asks nobody. */
public final class Cosigning {
    private final CheckpointVerifier verifier;
    private final int required;

    /**
     * What came of asking all witnesses once.
     *
     * @param published the head with its cosignatures, if there were enough
     * @param head the same head with as many as there were
     * @param answers one a witness, in the order of configuration
     */
    public record Round(Optional<VerifiedCheckpoint> published, VerifiedCheckpoint head, List<WitnessAnswer> answers) {
        /** Keeps what came of it. */
        public Round {
            answers = List.copyOf(answers);
        }
    }

    /**
     * The rule of one log.
     *
     * @param required how many witnesses must cosign before a head is published
     * @throws IllegalArgumentException if two witnesses share a key or a name, or too many are required
     */
    public Cosigning(NoteKey log, List<NoteKey> witnesses, int required) {
        if (required > witnesses.size()) {
            throw new IllegalArgumentException("no more witnesses can be required than there are");
        }
        this.verifier = new CheckpointVerifier(log, witnesses, 0);
        this.required = required;
    }

    /** Puts the answers about a head of this log together. */
    public Round gather(VerifiedCheckpoint head, List<WitnessAnswer> answers) {
        List<NoteSignature> lines = new ArrayList<>();
        for (WitnessAnswer answer : answers) {
            if (answer instanceof WitnessAnswer.Cosigned cosigned) {
                lines.add(cosigned.line());
            }
        }
        VerifiedCheckpoint cosigned = verify(head.note().with(lines))
                .orElseThrow(() -> new IllegalStateException("the log's own head does not verify"));
        return new Round(Optional.of(cosigned).filter(this::suffice), cosigned, answers);
    }

    /** Whether enough of these witnesses have cosigned a head; what is served may be from before they were asked. */
    public boolean suffice(VerifiedCheckpoint head) {
        return verify(head.note())
                .filter(verified -> verified.cosignatures().size() >= required)
                .isPresent();
    }

    /** Whether the newest head is served with enough cosignatures, so that nobody is to be asked; so is an empty log's. */
    public boolean isCurrent(VerifiedCheckpoint newest, Optional<VerifiedCheckpoint> served) {
        long signed = newest.head().size();
        return signed == 0
                || served.filter(head -> head.head().size() == signed && suffice(head))
                        .isPresent();
    }

    /**
     * The head that proves an entry to others: the served one or, where it is too old or too few have cosigned it, the
     * one that all were asked about last, whose cosignatures show which witness is missing.
     */
    public Optional<VerifiedCheckpoint> over(
            LogIndex entry, Optional<VerifiedCheckpoint> served, Optional<VerifiedCheckpoint> asked) {
        return served.filter(head -> covers(head, entry) && suffice(head))
                .or(() -> asked.filter(head -> covers(head, entry)));
    }

    private static boolean covers(VerifiedCheckpoint head, LogIndex entry) {
        return head.head().size() > entry.value();
    }

    private Optional<VerifiedCheckpoint> verify(SignedNote note) {
        return verifier.verify(note) instanceof CheckpointCheck.Verified(VerifiedCheckpoint verified)
                ? Optional.of(verified)
                : Optional.empty();
    }
}
