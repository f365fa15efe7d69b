package dev.quorate.it.sim;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Finality;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.SpecDigest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Takes what builders say: checked against signature, round, spec and lease before the log sees it. */
record SimulatedHearing(SimulatedRounds rounds, SimulatedSigners signers, Oracle oracle) {
    Reply commit(Request.Commit request, Instant now) throws IOException {
        RoundOpening opening = opening(request.round());
        Optional<Testimony> read = verified(
                request.from(),
                request.round(),
                request.envelope(),
                now,
                payload -> {
                    Commitment said = Commitment.parse(payload);
                    return isOwn(opening, request.from(), said.builder(), said.round(), said.spec())
                            ? Optional.of(said)
                            : Optional.empty();
                },
                EnvelopeKind.COMMITMENT);
        if (read.isEmpty()) {
            return new Reply.Refused("ENVELOPE_REFUSED");
        }
        return reply(rounds.file(
                request.round(),
                read.get(),
                filed -> new RoundEvent.Committed(now, request.from(), request.token(), filed)));
    }

    Reply prove(Request.Prove request, Instant now) throws IOException {
        RoundOpening opening = opening(request.round());
        Optional<Filed> commitment =
                rounds.state(request.round()).assignment(request.from()).flatMap(Assignment::commitment);
        Optional<Testimony> read = verified(
                request.from(),
                request.round(),
                request.envelope(),
                now,
                payload -> {
                    BuildProof said = BuildProof.parse(payload);
                    boolean isOwn = isOwn(opening, request.from(), said.builder(), said.round(), said.spec())
                            && said.inputs().equals(Dependency.of(opening.spec()));
                    boolean opens = commitment.isEmpty()
                            || said.commitmentIndex().isPresent()
                                    && said.commitmentIndex().getAsLong()
                                            == commitment.get().index();
                    return isOwn && opens ? Optional.of(said) : Optional.empty();
                },
                EnvelopeKind.PROOF);
        if (read.isEmpty()) {
            return new Reply.Refused("ENVELOPE_REFUSED");
        }
        Finality finality = finality(((BuildProof) read.get().value()).outcome());
        return reply(rounds.file(
                request.round(),
                read.get(),
                filed -> new RoundEvent.Proven(now, request.from(), request.token(), finality, filed)));
    }

    private RoundOpening opening(RoundId round) {
        return Testimony.opening(rounds.said(round)).value();
    }

    private static boolean isOwn(RoundOpening opening, BuilderId from, BuilderId said, RoundId round, SpecDigest spec) {
        return said.equals(from) && round.equals(opening.round()) && spec.equals(opening.digest());
    }

    static Finality finality(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.failure() == FailureClass.INFRASTRUCTURE
                ? Finality.RETRYABLE
                : Finality.FINAL;
    }

    static Reply reply(Answer answer) {
        return switch (answer) {
            case Answer.Taken taken -> new Reply.Filed(taken.filed().index());
            case Answer.Refused refused -> new Reply.Refused(refused.refusal().name());
            default -> new Reply.Nothing();
        };
    }

    /** With a key that good evidence of this round vouches for. */
    private Optional<VerifiedPayload> byVoice(BuilderId from, RoundId round, Envelope envelope) {
        return rounds.state(round).assignment(from).stream()
                .flatMap(part -> part.voices().stream())
                .flatMap(key -> oracle.verified(envelope, key).stream())
                .findFirst();
    }

    private interface Reader {
        Optional<?> read(VerifiedPayload payload) throws MalformedException;
    }

    private Optional<Testimony> verified(
            BuilderId from, RoundId round, Envelope envelope, Instant now, Reader reader, EnvelopeKind kind) {
        try {
            Optional<VerifiedPayload> payload = signers.key(from, now)
                    .flatMap(key -> oracle.verified(envelope, key))
                    .or(() -> byVoice(from, round, envelope));
            if (payload.isEmpty()) {
                return Optional.empty();
            }
            return reader.read(payload.get())
                    .map(value -> Testimony.of(kind, envelope, payload.get().signedBy(), value));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
