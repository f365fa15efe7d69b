package dev.quorate.it.sim;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Attestation;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Takes evidence of hosts: for a nonce, to be admitted; for a round, to be heard in it. */
final class SimulatedAdmission {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Reply NOT_READ = new Reply.Refused("ENVELOPE_REFUSED");

    private final SimulatedRounds rounds;
    private final SimulatedHosts hosts;
    private final SimulatedTrust trust;
    private final Oracle oracle;
    private final Map<Nonce, Asked> asked = new HashMap<>();

    private record Asked(BuilderId builder, Instant at) {}

    SimulatedAdmission(SimulatedRounds rounds, SimulatedHosts hosts, SimulatedTrust trust, Oracle oracle) {
        this.rounds = rounds;
        this.hosts = hosts;
        this.trust = trust;
        this.oracle = oracle;
    }

    Reply nonce(Request.Nonce request, Instant now) {
        var nonce = oracle.hosts().random();
        asked.put(nonce, new Asked(request.from(), now));
        return new Reply.Asked(nonce);
    }

    Reply admit(Request.Admit request, Instant now) throws IOException {
        Optional<HostEvidence> read = read(request.from(), request.key(), request.envelope());
        if (read.isEmpty() || !(read.get().occasion() instanceof Occasion.OfEnrolment occasion)) {
            return NOT_READ;
        }
        Optional<Asked> mine = Optional.ofNullable(asked.remove(occasion.nonce()))
                .filter(a -> a.builder().equals(request.from()) && now.isBefore(a.at().plus(PATIENCE)));
        if (mine.isEmpty()) {
            return new Reply.Refused("CHALLENGE_UNKNOWN");
        }
        HostEvidence said = read.get();
        var shown = new HostNotice.Shown(request.envelope(), request.key());
        return switch (judge(said, request.key(), occasion, now)) {
            case Judgement.Accepted good -> {
                Standing standing =
                        hosts.admit(trust.current().builder(request.from()).orElseThrow(), good, shown, now);
                oracle.hosts().admitted(standing);
                yield new Reply.Admitted(standing.certificate().orElseThrow(), standing.until());
            }
            case Judgement.Refused no -> {
                hosts.refuse(said, no, request.envelope().digest(), Optional.of(shown), now);
                yield new Reply.Refused("HOST_REFUSED " + no.reason());
            }
        };
    }

    Reply attest(Request.Attest request, Instant now) throws IOException {
        Optional<HostEvidence> read = read(request.from(), request.key(), request.envelope());
        if (read.isEmpty()) {
            return NOT_READ;
        }
        HostEvidence said = read.get();
        Sha256 evidence = request.envelope().digest();
        var occasion = new Occasion.OfRound(
                request.round(), rounds.state(request.round()).opening().envelope());
        Judgement judgement = judge(said, request.key(), occasion, now);
        if (judgement instanceof Judgement.Accepted good
                && hosts.barring().isGated()
                && hosts.isOfAnotherBoot(request.from(), good, evidence, now)) {
            return new Reply.Refused("HOST_REFUSED BOOT_CHANGED");
        }
        var standing =
                judgement instanceof Judgement.Accepted ? Attestation.Standing.GOOD : Attestation.Standing.REFUSED;
        Answer answer = rounds.file(
                request.round(),
                Testimony.of(EnvelopeKind.EVIDENCE, request.envelope(), request.key(), said),
                filed -> new RoundEvent.Attested(now, request.from(), request.token(), request.key(), standing, filed));
        if (answer instanceof Answer.Taken && judgement instanceof Judgement.Refused no) {
            var why = TakenOff.because("UNATTESTED, " + Printable.of(no.toString()));
            hosts.barring().bar(request.round(), request.from(), why, now);
            hosts.refuse(said, no, evidence, Optional.empty(), now);
            return new Reply.Refused("HOST_REFUSED " + no.reason());
        }
        return SimulatedHearing.reply(answer);
    }

    private Judgement judge(HostEvidence said, P256Key key, Occasion occasion, Instant now) {
        HostJudge judge = hosts.judge(now);
        Judgement judgement = judge.judge(said, key, occasion);
        oracle.hosts().judged(said, key, occasion, judge, judgement);
        return judgement;
    }

    private Optional<HostEvidence> read(BuilderId from, P256Key key, Envelope envelope) {
        try {
            Optional<VerifiedPayload> payload = oracle.verified(envelope, key);
            if (payload.isEmpty() || trust.current().names(key)) {
                return Optional.empty();
            }
            return Optional.of(HostEvidence.parse(payload.get()))
                    .filter(said -> said.builder().equals(from));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
