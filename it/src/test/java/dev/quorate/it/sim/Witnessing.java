package dev.quorate.it.sim;

import dev.quorate.coordinator.log.Witness;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.VerifiedCheckpoint;
import java.net.URI;
import java.security.SignatureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The witnesses of a run.
 *
 * @param required how many must cosign, by the policy
 * @param natures how each behaves; as many as there are witnesses
 */
record Witnessing(int required, List<Nature> natures) {
    static final Witnessing NONE = new Witnessing(0, List.of());

    /** How a witness behaves. */
    enum Nature {
        HONEST,
        /** Never answers. */
        ABSENT,
        /** Answers before what it cosigned is durable. */
        FORGETFUL,
        /** Cosigns whatever the log's key has signed. */
        BLIND,
        /** Answers whatever might do harm. */
        LIAR;

        /** Whether it may cosign two histories, or a time that is not. */
        boolean isCorrupt() {
            return this != HONEST && this != ABSENT;
        }
    }

    /** Keeps them. */
    Witnessing {
        natures = List.copyOf(natures);
    }

    /** Some witnesses, of which as many as are required are honest. */
    static Witnessing by(Chance chance) {
        int all = chance.between(1, Cast.WITNESSES.size());
        int required = chance.between(1, all);
        List<Nature> natures = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            natures.add(Nature.HONEST);
        }
        int bad = chance.between(0, all - required);
        for (int i = 0; i < bad; i++) {
            natures.set(
                    chance.below(all),
                    chance.of(List.of(Nature.ABSENT, Nature.FORGETFUL, Nature.BLIND, Nature.LIAR, Nature.LIAR)));
        }
        return new Witnessing(required, natures);
    }

    /** The same where all are honest. */
    Witnessing quiet() {
        return new Witnessing(
                required, natures.stream().map(nature -> Nature.HONEST).toList());
    }

    /** Whether there are any. */
    boolean isAny() {
        return !natures.isEmpty();
    }

    List<NoteSigner> signers() {
        return Cast.WITNESSES.subList(0, natures.size());
    }

    List<NoteKey> keys() {
        return signers().stream().map(NoteSigner::key).toList();
    }

    /** The same head with the cosignatures of as many as are required, whatever they are. */
    VerifiedCheckpoint cosign(VerifiedCheckpoint head, Instant time) {
        List<NoteSignature> lines = new ArrayList<>();
        for (NoteSigner signer : signers().subList(0, required)) {
            try {
                lines.add(signer.cosign(head.note().text(), time.getEpochSecond()));
            } catch (SignatureException e) {
                throw new IllegalStateException(e);
            }
        }
        return verified(head.note().with(lines));
    }

    /** A note of which no signature that claims to be a witness's is wrong. */
    VerifiedCheckpoint verified(SignedNote note) {
        return switch (new CheckpointVerifier(Cast.LOG.key(), keys(), 0).verify(note)) {
            case CheckpointCheck.Verified(VerifiedCheckpoint checkpoint) -> checkpoint;
            case CheckpointCheck.Refused refused -> throw new IllegalStateException(refused.detail());
        };
    }

    /** How many of them have cosigned; none if a signature that claims to be one of theirs is wrong. */
    int count(SignedNote note) {
        return new CheckpointVerifier(Cast.LOG.key(), keys(), 0).verify(note)
                        instanceof CheckpointCheck.Verified(VerifiedCheckpoint checkpoint)
                ? checkpoint.cosignatures().size()
                : 0;
    }

    /** Whether a head has the cosignatures that the policy asks for. */
    boolean suffice(SignedNote note) {
        return count(note) >= required;
    }

    /** The time by which as many as are required had cosigned it. */
    Optional<Instant> time(VerifiedCheckpoint head) {
        return verified(head.note())
                .timeOf(required)
                .map(seconds -> Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond())));
    }

    /** As a coordinator's configuration names them. */
    List<Witness> configured() {
        return keys().stream()
                .map(key -> new Witness(key, URI.create("https://" + key.name())))
                .toList();
    }

    int corrupt() {
        return (int) natures.stream().filter(Nature::isCorrupt).count();
    }

    /**
     * Whether whoever demands the required cosignatures has the same history as everybody else who does: any two sets of
     * witnesses that are enough share an honest one.
     */
    boolean forceOneHistory() {
        return 2 * required > natures.size() + corrupt();
    }

    /** Whether of those who are enough one at least tells the time as it is. */
    boolean tellTheTime() {
        return required > corrupt();
    }
}
