package dev.quorate.it.sim;

import dev.quorate.coordinator.desk.TrustChange;
import dev.quorate.coordinator.desk.TrustLines;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Review;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.round.RoundId;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be true of later trust roots and of what rested on earlier ones. */
final class TrustCheck {
    private final Map<Integer, Map<Sha256, Long>> adopted = new HashMap<>();
    private final Map<String, Sha256> notices = new HashMap<>();
    private final CountCheck counts;
    private final int threshold;
    private Optional<Looked> looked = Optional.empty();

    /** Nothing is another than it was then: a process changes nothing without a transaction, and its log only grows. */
    private record Looked(SimulatedCoordinator process, long transactions) {}

    TrustCheck(CountCheck counts, int threshold) {
        this.counts = counts;
        this.threshold = threshold;
    }

    /** Whoever pushed it was told that it is in force. */
    void adopted(SignedTrust version, SteppedLog log) {
        Map<Sha256, Long> places = new HashMap<>();
        for (TrustLines.Line line : TrustLines.of(version, List.of(version)).lines()) {
            byte[] leaf = SimulatedTrust.leaf(line.envelope(), line.signedBy());
            places.put(
                    line.envelope().digest(),
                    log.find(leaf).orElseThrow(() -> new Violation("I11", "a version in force is not in the log")));
        }
        Map<Sha256, Long> before = adopted.putIfAbsent(version.trust().version(), places);
        if (before != null && !before.equals(places)) {
            throw new Violation("I11", "version " + version.trust().version() + " is two");
        }
    }

    /** I11: a version that was taken is there after every crash, as it was, and so is every notice. */
    void requireKept(Archive archive, SteppedLog log) {
        int number = 0;
        for (SignedTrust version : archive.versions()) {
            if (version.trust().version() != ++number) {
                throw new Violation("I11", "version " + number + " is missing");
            }
            if (adopted.containsKey(number)) {
                adopted(version, log);
            }
        }
        if (adopted.keySet().stream()
                .anyMatch(known -> known > archive.versions().size())) {
            throw new Violation("I11", "the trust root went back to version " + number);
        }
        archive.notices().forEach((subject, notice) -> {
            Sha256 before = notices.putIfAbsent(subject, notice.digest());
            if (before != null && !before.equals(notice.digest())) {
                throw new Violation("I11", "two notices about " + subject);
            }
        });
    }

    /** I12: what was done with a count is what the log was told, in the place that the round names. */
    void reviewed(RoundId round, Review review, Archive archive, SteppedLog log) {
        Envelope notice = archive.notices().get(review.trust() + " round " + round.text());
        if (notice == null || !notice.digest().equals(review.outcome().envelope())) {
            throw new Violation("I12", "a review of " + round + " that nobody signed");
        }
        byte[] leaf = SimulatedTrust.leaf(notice, Cast.CERTIFIER_KEY.publicKey());
        boolean logged = log.find(leaf)
                .filter(index -> index == review.outcome().index())
                .isPresent();
        var said = notice.verify(Cast.CERTIFIER_KEY.publicKey())
                .map(payload -> ReviewNotice.parse(payload))
                .orElseThrow();
        if (!logged || said.standing() != review.standing() || said.after() != review.after()) {
            throw new Violation("I12", "the log was told " + said + ", and " + round + " is " + review);
        }
    }

    /** I10: once a version is reviewed, nothing stands that does not count under it. */
    void requireReviewed(SimulatedCoordinator coordinator) {
        Archive archive = coordinator.archive();
        var now = Optional.of(new Looked(coordinator, coordinator.transactions()));
        if (archive.isPending() || now.equals(looked)) {
            return;
        }
        looked = now;
        TrustRoot trust = coordinator.trust();
        coordinator.rounds().forEach((round, state) -> {
            state.review().ifPresent(review -> reviewed(round, review, archive, coordinator.log()));
            if (state.verdict() == Verdict.CERTIFIED && state.due() == Due.NOTHING) {
                requireCounts(round, state, coordinator.record(round, state.deadline()), trust);
            }
        });
        for (int i = 1; i < archive.versions().size(); i++) {
            TrustRoot before = archive.versions().get(i - 1).trust();
            TrustRoot after = archive.versions().get(i).trust();
            List<SignedTrust> since =
                    archive.versions().subList(i, archive.versions().size());
            for (Revocation revocation : new TrustChange(before, after).revoked()) {
                requireTold(since, revocation, archive, coordinator.log());
            }
        }
    }

    /** One certificate that the coordinator shows as good. */
    void requireCounts(RoundId round, RoundState state, RoundRecord record, TrustRoot trust) {
        Filed certificate = state.certificate().orElseThrow();
        if (trust.isRevokedCertificate(certificate.envelope())) {
            throw new Violation("I10", "a revoked certificate stands in " + round);
        }
        boolean counts = record.proofs().stream()
                .map(proof -> proof.value().outcome().digest())
                .distinct()
                .anyMatch(
                        result -> this.counts.operatorsOf(result, record, trust).size() >= threshold);
        if (!counts) {
            throw new Violation("I10", round + " is certified without a quorum under version " + trust.version());
        }
    }

    /**
     * Under the version that brought it or, if the next one came before that was reviewed, under a later one; of what the
     * next one takes back nobody may have been told.
     */
    private static void requireTold(List<SignedTrust> since, Revocation revocation, Archive archive, SteppedLog log) {
        for (SignedTrust version : since) {
            if (!version.trust().revocations().contains(revocation)) {
                return;
            }
            Envelope notice = archive.notices().get(SimulatedTrust.subject(version.trust(), revocation));
            if (notice != null) {
                if (log.find(SimulatedTrust.leaf(notice, Cast.CERTIFIER_KEY.publicKey()))
                        .isPresent()) {
                    return;
                }
                break;
            }
        }
        throw new Violation("I12", "the log does not hold the revocation of " + revocation.id());
    }
}
