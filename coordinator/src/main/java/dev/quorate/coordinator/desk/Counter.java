package dev.quorate.coordinator.desk;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts closed rounds and certifies the count. */
final class Counter {
    private static final Logger LOG = LoggerFactory.getLogger(Counter.class);

    private final Setup setup;
    private final Signers signers;
    private final Rounds rounds;
    private final LogBook log;
    private final Stamps stamps;
    private final Clock clock;

    Counter(Setup setup, Signers signers, Rounds rounds, LogBook log, Stamps stamps, Clock clock) {
        this.setup = setup;
        this.signers = signers;
        this.rounds = rounds;
        this.log = log;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** Does what is due, until nothing is. */
    void work(LiveRound round) throws IOException, RefusedException, InterruptedException {
        for (RoundState state = round.state(); state.due() != Due.NOTHING; state = round.state()) {
            if (state.due() == Due.COUNT) {
                Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                Tally tally = tally(round, now, Openness.CLOSED);
                LOG.info("round counted round={} verdict={}", round.id(), tally.verdict());
                round.apply(new RoundEvent.Counted(now, tally.verdict(), tally.reason()));
            } else {
                certify(round, state.deadline());
            }
        }
    }

    /** The count as of an instant. */
    Tally tally(LiveRound round, Instant time, Openness openness) throws IOException {
        return tally(round, Dossier.read(rounds, signers, round), time, openness);
    }

    private Tally tally(LiveRound round, Dossier dossier, Instant time, Openness openness) throws IOException {
        Tally tally = Tally.of(round.opening().policy(), signers.trust(), dossier.record(time), openness);
        return Certificate.recount(tally, dossier.certificates());
    }

    private void certify(LiveRound round, Instant counted) throws IOException, RefusedException, InterruptedException {
        Dossier dossier = Dossier.read(rounds, signers, round);
        Tally tally = tally(round, dossier, counted, Openness.CLOSED);
        // First, so that whoever stops here finds it again; what is served is decided by the round, not by this.
        tally.winner()
                .ifPresent(outputs -> rounds.store()
                        .files()
                        .add(
                                round.id(),
                                outputs.files().stream()
                                        .map(LinkedRound::name)
                                        .filter(DebianPackage::isFile)
                                        .toList()));
        List<Sha256> named = Certificate.named(dossier.record(counted));
        Certificate certificate = Certificate.of(round.opening(), tally, named, setup.name(), counted);
        Envelope envelope;
        try {
            envelope = Envelope.sign(certificate.statement().bytes(), setup.signer());
        } catch (GeneralSecurityException e) {
            throw new RefusedException(Complaint.UNAVAILABLE, "the certifier's key cannot sign now");
        }
        Instant now = clock.instant();
        round.file(new Filing(
                EnvelopeKind.CERTIFICATE,
                envelope,
                setup.signer().publicKey(),
                log,
                filed -> new RoundEvent.Certified(now, filed)));
        stamps.want(envelope);
    }
}
