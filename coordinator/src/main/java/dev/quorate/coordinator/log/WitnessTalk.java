package dev.quorate.coordinator.log;

import dev.quorate.coordinator.log.WitnessAnswer.Reason;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/**
 * What is said to one witness (C2SP tlog-witness) and what its answers mean, whoever carries them. It remembers which size
 * the witness cosigned last, and learns it from the witness when it does not know. One head at a time; not for several
 * threads.
 */
final class WitnessTalk {
    /** The first answer may say which size to start from; a second one that says so again comes from a race. */
    private static final int TRIES = 3;

    /** As far as a verifier lets a clock run ahead; the time is what a kit is judged by, and it is kept. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final Witness witness;
    private final CheckpointVerifier verifier;
    private final InstantSource clock;
    private long cosignedSize;
    private int tries;

    /** Makes consistency proofs of the log. */
    interface Proofs {
        List<Sha256> consistencyProof(long oldSize, long size) throws IOException, MalformedException;
    }

    /** What comes next. */
    sealed interface Step {
        /** The witness is to be asked, with this as the request's body. */
        record Ask(String body) implements Step {}

        record Over(WitnessAnswer answer) implements Step {}
    }

    WitnessTalk(Witness witness, NoteKey log, InstantSource clock) {
        this.witness = witness;
        this.clock = clock;
        this.verifier = new CheckpointVerifier(log, List.of(witness.key()), 1);
    }

    Witness witness() {
        return witness;
    }

    /** Begins to ask for a cosignature over a head; whatever was asked before is given up. */
    Step begin(VerifiedCheckpoint head, Proofs proofs) throws IOException, MalformedException {
        tries = 0;
        return next(head, proofs);
    }

    /** The witness answered with this status and body. */
    Step heard(int status, String body, VerifiedCheckpoint head, Proofs proofs) throws IOException, MalformedException {
        return switch (status) {
            case 200 -> accept(head, body);
            case 409 -> {
                long known;
                try {
                    known = TreeHead.parseSize(body.strip());
                } catch (IllegalArgumentException e) {
                    yield silent(Reason.BAD_ANSWER, "answered 409 without a size");
                }
                if (known == cosignedSize) {
                    yield silent(Reason.INCONSISTENT, "has cosigned another root of size " + known);
                }
                cosignedSize = known;
                yield next(head, proofs);
            }
            case 403, 404 -> silent(Reason.UNKNOWN_LOG, "does not know this log or its key");
            case 422 -> silent(Reason.INCONSISTENT, "finds no consistency with size " + cosignedSize);
            default -> silent(Reason.BAD_ANSWER, "answered " + status);
        };
    }

    /** There was no answer, or not in time; {@code why} may be anything. */
    Step unreachable(String why) {
        return silent(Reason.UNREACHABLE, "cannot be reached: " + Printable.of(why));
    }

    private Step next(VerifiedCheckpoint head, Proofs proofs) throws IOException, MalformedException {
        long size = head.head().size();
        if (tries++ == TRIES) {
            return silent(Reason.BAD_ANSWER, "names another size each time");
        } else if (cosignedSize > size) {
            return silent(Reason.INCONSISTENT, "has cosigned size " + cosignedSize + ", and this head has " + size);
        }
        var body = new StringBuilder("old ").append(cosignedSize).append('\n');
        proofs.consistencyProof(cosignedSize, size)
                .forEach(hash -> body.append(Base64.getEncoder().encodeToString(hash.bytes()))
                        .append('\n'));
        return new Step.Ask(body.append('\n').append(head.note()).toString());
    }

    private Step accept(VerifiedCheckpoint head, String body) {
        List<NoteSignature> lines;
        try {
            lines = body.lines()
                    .limit(SignedNote.MAX_SIGNATURES)
                    .map(NoteSignature::parse)
                    .filter(line -> line.claims(witness.key()))
                    .toList();
        } catch (IllegalArgumentException e) {
            return silent(Reason.BAD_ANSWER, "answered what is no signature line");
        }
        for (NoteSignature line : lines) {
            if (verifier.verify(head.note().with(List.of(line)))
                    instanceof CheckpointCheck.Verified(VerifiedCheckpoint cosigned)) {
                cosignedSize = head.head().size();
                long time = cosigned.cosignatures().getFirst().time();
                return isTimely(time)
                        ? new Step.Over(new WitnessAnswer.Cosigned(witness, line))
                        : silent(
                                Reason.BAD_ANSWER,
                                "says that it is second " + time + " since 1970, and this machine that it is "
                                        + clock.instant().getEpochSecond());
            }
        }
        return silent(Reason.BAD_ANSWER, "answered no cosignature that verifies under its key");
    }

    private boolean isTimely(long time) {
        return Math.abs(time - clock.instant().getEpochSecond()) <= SKEW.toSeconds();
    }

    private Step silent(Reason reason, String detail) {
        return new Step.Over(new WitnessAnswer.Silent(
                witness, reason, "witness " + witness.key().name() + " " + detail));
    }
}
