package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.identity.KeylessBundle;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.Terms;
import dev.quorate.coordinator.schedule.Choice;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.StoredEnvelope;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.json.MalformedException;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.round.Submission;
import dev.quorate.trust.TrustRoot;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/** Opens rounds for maintainers. */
final class Intake {
    private static final int MOST_OPEN = 20_000;

    private final Setup setup;
    private final Signers signers;
    private final Rounds rounds;
    private final Fleet fleet;
    private final Hosts hosts;
    private final LogBook log;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock opening = new ReentrantLock();

    Intake(Setup setup, Signers signers, Rounds rounds, Fleet fleet, Hosts hosts, LogBook log, Clock clock) {
        this.setup = setup;
        this.signers = signers;
        this.rounds = rounds;
        this.fleet = fleet;
        this.hosts = hosts;
        this.log = log;
        this.clock = clock;
    }

    Submitted submit(Wish wish) throws RefusedException, InterruptedException {
        Instant now = clock.instant();
        VerifiedPayload payload = payload(wish, now);
        Submission submission;
        try {
            submission = Submission.parse(payload);
        } catch (MalformedException e) {
            throw new RefusedException(Complaint.ENVELOPE_REFUSED, e.getMessage());
        }
        opening.lock();
        try {
            Optional<RoundId> present = rounds.store().open(submission.spec().digest());
            return present.isPresent()
                    ? new Submitted.Joined(present.get())
                    : new Submitted.Opened(signers.book().steadily(() -> open(submission, wish, now)));
        } finally {
            opening.unlock();
        }
    }

    private VerifiedPayload payload(Wish wish, Instant now) throws RefusedException {
        return switch (wish) {
            case Wish.Keyed(Envelope envelope) ->
                signers.maintainer(envelope, now)
                        .orElseThrow(() -> new RefusedException(
                                Complaint.NOT_SIGNED,
                                "no maintainer of the trust root whose key counts now signed this"));
            case Wish.Keyless(KeylessBundle bundle) -> signers.maintainer(bundle, now);
        };
    }

    /** A bundle is kept first, so that no round is without the one that it was opened by. */
    private void keep(Wish wish) {
        if (wish instanceof Wish.Keyless(KeylessBundle bundle)) {
            rounds.store().keyless().keep(Sha256.of(bundle.envelope().signature()), bundle.bytes());
        }
    }

    private RoundId open(Submission submission, Wish wish, Instant now) throws RefusedException, InterruptedException {
        if (rounds.open().size() >= MOST_OPEN) {
            throw new RefusedException(Complaint.BUSY, MOST_OPEN + " rounds are open; submit again later");
        }
        requireTrustworthy(now);
        var round = RoundId.ofRandom(randomBytes());
        // Seconds, so that the signed text is as short as a person would write it.
        RoundOpening word = RoundOpening.of(
                round, submission.spec(), setup.policy(), enrol(submission, now), now.truncatedTo(ChronoUnit.SECONDS));
        Envelope signed = sign(word);
        Filed filed = log.enter(signed, setup.signer().publicKey());
        var event = new RoundEvent.Opened(now, terms(word), filed);
        keep(wish);
        LiveRound opened = rounds.opened(
                word,
                event,
                submission.claims(),
                List.of(
                        new StoredEnvelope(EnvelopeKind.SUBMISSION, OptionalLong.empty(), wish.envelope()),
                        new StoredEnvelope(EnvelopeKind.OPENING, OptionalLong.of(filed.index()), signed)));
        hosts.barLost(opened);
        return round;
    }

    /** What is opened under a trust root that has expired, or with a key that it does not name, is worth nothing. */
    private void requireTrustworthy(Instant now) throws RefusedException {
        TrustRoot trust = signers.trust();
        P256Key key = setup.signer().publicKey();
        boolean named = trust.certifierWith(key)
                .flatMap(certifier -> certifier.key(key))
                .filter(timed -> timed.isValidAt(now))
                .isPresent();
        if (!now.isBefore(trust.expires())) {
            throw new RefusedException(
                    Complaint.UNAVAILABLE,
                    "version " + trust.version() + " of the trust root expired at " + trust.expires()
                            + "; the operator must push the next one");
        } else if (!named || trust.isRevoked(key, now)) {
            throw new RefusedException(
                    Complaint.UNAVAILABLE,
                    "version " + trust.version() + " of the trust root does not let this coordinator's key certify");
        }
    }

    private List<BuilderId> enrol(Submission submission, Instant now) throws RefusedException {
        var candidates =
                fleet.candidates(signers.usableBuilders(now), submission.spec().platform(), rounds, this::isShunned);
        return switch (setup.scheduler().choose(candidates, now)) {
            case Choice.Enrol enrol -> enrol.builders();
            case Choice.CannotMeet cannot -> throw new RefusedException(Complaint.CANNOT_MEET_POLICY, cannot.reason());
        };
    }

    private boolean isShunned(BuilderId builder) {
        return setup.policy().hosts() != Assurance.NONE && hosts.standings().isLost(builder);
    }

    private Terms terms(RoundOpening word) {
        return new Terms(
                word.round(),
                word.digest(),
                word.builders(),
                setup.policy().threshold(),
                setup.lease(),
                setup.commitWithin(),
                setup.revealWithin());
    }

    private Envelope sign(RoundOpening word) throws RefusedException {
        try {
            return Envelope.sign(word.statement().bytes(), setup.signer());
        } catch (GeneralSecurityException e) {
            throw new RefusedException(Complaint.UNAVAILABLE, "the certifier's key cannot sign now");
        }
    }

    private byte[] randomBytes() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }
}
