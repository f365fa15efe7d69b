package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.policy.Policy;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Openness;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Counts rounds and certifies the counts, as the desk does. */
final class SimulatedCounter {
    private final Policy policy;
    private final SimulatedRounds rounds;
    private final SimulatedTrust trust;
    private final SimulatedHosts hosts;
    private final Oracle oracle;

    SimulatedCounter(Policy policy, SimulatedRounds rounds, SimulatedTrust trust, SimulatedHosts hosts, Oracle oracle) {
        this.policy = policy;
        this.rounds = rounds;
        this.trust = trust;
        this.hosts = hosts;
        this.oracle = oracle;
    }

    /** Does whatever a round is due. */
    void work(RoundId round, Instant now) throws IOException {
        while (rounds.state(round).due() != Due.NOTHING) {
            Due due = rounds.state(round).due();
            if (due == Due.CERTIFY) {
                certify(round, now);
            } else {
                Instant counted = due == Due.COUNT
                        ? now.truncatedTo(ChronoUnit.SECONDS)
                        : rounds.state(round).deadline();
                Tally tally = recount(round, tally(round, counted, Openness.CLOSED));
                rounds.apply(round, new RoundEvent.Counted(counted, tally.verdict(), tally.reason()));
            }
        }
    }

    RoundRecord record(RoundId round, Instant time) {
        List<Testimony> said = rounds.said(round);
        return new RoundRecord(
                Testimony.opening(said),
                Testimony.evidence(said),
                Testimony.changes(said),
                Testimony.commitments(said),
                Testimony.proofs(said),
                time);
    }

    Tally tally(RoundId round, Instant time, Openness openness) {
        return Tally.of(policy, trust.current(), record(round, time), openness);
    }

    /** The count that a certificate may say, after those that there are. */
    Tally recount(RoundId round, Tally tally) {
        return Certificate.recount(
                tally,
                Testimony.certificates(rounds.said(round)).stream()
                        .map(Logged::value)
                        .toList());
    }

    private void certify(RoundId round, Instant now) throws IOException {
        hosts.enter(rounds.state(round));
        Instant counted = rounds.state(round).deadline();
        RoundRecord record = record(round, counted);
        Tally count = tally(round, counted, Openness.CLOSED);
        Tally tally = recount(round, count);
        Certificate certificate = certificate(record, tally);
        Envelope envelope = Cast.sign(certificate.statement(), Cast.CERTIFIER_KEY);
        P256Key key = Cast.CERTIFIER_KEY.publicKey();
        rounds.file(
                round,
                Testimony.of(EnvelopeKind.CERTIFICATE, envelope, key, certificate),
                filed -> new RoundEvent.Certified(now, filed));
        oracle.counted(count, record, trust.current());
        oracle.certified(round, tally, certificate);
    }

    Certificate certificate(RoundRecord record, Tally tally) {
        List<Sha256> named = Certificate.named(record, trust.current());
        return Certificate.of(record.opening().value(), tally, named, Cast.CERTIFIER, record.time());
    }
}
