package dev.quorate.coordinator.desk;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Finding;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.MalformedException;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts closed rounds and certifies the count. */
final class Counter {
    private static final Logger LOG = LoggerFactory.getLogger(Counter.class);

    private final Setup setup;
    private final Signers signers;
    private final Rounds rounds;
    private final LogBook log;
    private final HostNotices notices;
    private final Stamps stamps;
    private final Clock clock;

    Counter(Setup setup, Signers signers, Rounds rounds, LogBook log, HostNotices notices, Stamps stamps, Clock clock) {
        this.setup = setup;
        this.signers = signers;
        this.rounds = rounds;
        this.log = log;
        this.notices = notices;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** Does what is due, until nothing is. */
    void work(LiveRound round) throws IOException, RefusedException, InterruptedException {
        for (RoundState state = round.state(); state.due() != Due.NOTHING; state = round.state()) {
            switch (state.due()) {
                case COUNT -> count(round, clock.instant().truncatedTo(ChronoUnit.SECONDS));
                // What was logged by then is weighed again, and not what time has made of its keys since.
                case RECOUNT -> count(round, state.deadline());
                case CERTIFY -> certify(round, state.deadline());
                case NOTHING -> {}
            }
        }
    }

    private void count(LiveRound round, Instant time) throws IOException, InterruptedException {
        signers.book().steadily(() -> {
            Tally tally = tally(round, time, Openness.CLOSED);
            LOG.info("round counted round={} verdict={}", round.id(), tally.verdict());
            return round.apply(
                    new RoundEvent.Counted(time, tally.verdict(), tally.reason() + withoutBarred(round.state())));
        });
    }

    private static String withoutBarred(RoundState state) {
        return state.assignments().values().stream()
                .flatMap(part -> part.takenOff().stream()
                        .map(why -> "; " + part.builder() + " was taken off the round: " + why.reason()))
                .collect(Collectors.joining());
    }

    /** Looks at a count again under a later trust root, if the change touches it and it was not looked at before. */
    void review(LiveRound round, TrustChange change, Notices notices)
            throws IOException, RefusedException, InterruptedException {
        RoundState state = round.state();
        int version = change.after().version();
        if (!state.phase().isCounted()
                || state.review().filter(r -> r.trust() >= version).isPresent()) {
            return;
        }
        Dossier dossier = Dossier.read(rounds, signers, round);
        List<P256Key> signedBy = Stream.of(EnvelopeKind.OPENING, EnvelopeKind.CERTIFICATE)
                .flatMap(kind -> dossier.of(kind).stream())
                .map(entry -> entry.payload().signedBy())
                .toList();
        String causes = change.about(state, signedBy);
        if (causes.isEmpty()) {
            return;
        }
        Tally tally = tally(round, dossier, state.deadline(), Openness.CLOSED);
        List<P256Key> certifiers = dossier.kit(state).stream()
                .filter(entry -> entry.kind() == EnvelopeKind.OPENING || entry.kind() == EnvelopeKind.CERTIFICATE)
                .map(entry -> entry.payload().signedBy())
                .toList();
        boolean follows = certifies(round, dossier, state, tally);
        Reappraisal found = Reappraisal.of(state, change.after(), tally, certifiers, follows);
        Finding standing = found.standing();
        Verdict after = found.after();
        Filed outcome = notices.reviewed(change.after(), round, standing, after, causes);
        LOG.info("round reviewed round={} trust={} standing={} verdict={}", round.id(), version, standing, after);
        round.apply(new RoundEvent.Reviewed(clock.instant(), version, standing, after, causes, outcome));
        describe(round);
    }

    /** Whether the newest certificate is the one that follows from that count; one that is due will be. */
    private boolean certifies(LiveRound round, Dossier dossier, RoundState state, Tally tally) throws IOException {
        if (state.due() != Due.NOTHING) {
            return true;
        }
        Certificate expected = certificate(round, dossier, tally, state.deadline());
        List<Dossier.Entry> newest = dossier.kit(state).stream()
                .filter(entry -> entry.kind() == EnvelopeKind.CERTIFICATE)
                .toList();
        try {
            return !newest.isEmpty()
                    && Certificate.parse(newest.getLast().payload()).equals(expected);
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Certificate certificate(LiveRound round, Dossier dossier, Tally tally, Instant counted) throws IOException {
        List<Sha256> named = Certificate.named(dossier.record(counted), signers.trust());
        return Certificate.of(round.opening(), tally, named, setup.name(), counted);
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
        notices.enter(round.state());
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
        Certificate certificate = certificate(round, dossier, tally, counted);
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
        describe(round);
    }

    /** So that the certified versions of a package are found. */
    void describe(LiveRound round) {
        RoundState state = round.state();
        boolean certified = state.verdict() == Verdict.CERTIFIED && state.phase() == Phase.LOGGED;
        rounds.store()
                .describe(
                        round.id(),
                        round.opening().spec().release(),
                        round.opening().spec().platform(),
                        certified
                                ? OptionalLong.of(
                                        state.certificate().orElseThrow().index())
                                : OptionalLong.empty());
    }
}
