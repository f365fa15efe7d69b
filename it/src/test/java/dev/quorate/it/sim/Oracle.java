package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Attestation;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.coordinator.round.Outlook;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.log.LogMonitor;
import dev.quorate.log.LogObservation;
import dev.quorate.log.VerifiedCheckpoint;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Watches a run from outside, keeps books of its own, and raises a {@link Violation}. */
final class Oracle {
    private final Map<Acknowledged, Long> acknowledged = new HashMap<>();
    private final Map<RoundId, RoundBook> books = new TreeMap<>();
    private final Map<Envelope, Map<P256Key, Optional<VerifiedPayload>>> verified = new IdentityHashMap<>();
    private final Setting setting;
    private final CountCheck counts;
    private final HostCheck hosts;
    private final TrustCheck trust;
    private Optional<VerifiedCheckpoint> known = Optional.empty();
    private Instant latest = Instant.EPOCH;

    Oracle(Setting setting, Quotes quotes, Chance chance) {
        this.setting = setting;
        this.counts = new CountCheck(setting, quotes, chance);
        this.hosts = new HostCheck(quotes, setting.asksForHosts());
        this.trust = new TrustCheck(counts, setting.policy().threshold());
    }

    void saw(Instant coordinatorTime) {
        latest = latest.isAfter(coordinatorTime) ? latest : coordinatorTime;
    }

    /** The latest that the coordinator's clock has ever shown. */
    Instant latest() {
        return latest;
    }

    void opened(RoundOpening opening, Instant now) {
        books.put(opening.round(), new RoundBook(opening, now));
    }

    private RoundBook book(RoundId round) {
        return books.get(round);
    }

    /** Reads what is on the disk again after a start. */
    void restarted(SimulatedCoordinator coordinator) throws IOException {
        coordinator.rounds().forEach((round, state) -> {
            // An opening that was made durable by a process that died before it could tell.
            var opening = Testimony.opening(coordinator.said(round)).value();
            books.computeIfAbsent(round, r -> new RoundBook(opening, state.opened()));
            // What became durable in the moment of a crash has happened too, though nobody was told.
            book(round).reread(coordinator.said(round));
            state.assignments().values().stream()
                    .filter(Assignment::isBarred)
                    .forEach(part -> book(round).barred(part.builder()));
            if (coordinator.isHopeless(round)) {
                book(round).hopeless();
            }
        });
        requireKept(coordinator);
        watch(coordinator.log());
    }

    void happened(RoundId round, RoundEvent event, Optional<Testimony> said) {
        switch (event) {
            case RoundEvent.Leased leased -> book(round).leased(leased.builder());
            case RoundEvent.Committed e -> book(round).committed(e.builder(), e.token(), e.at(), said.orElseThrow());
            case RoundEvent.Proven e -> book(round).proven(e.builder(), e.token(), said.orElseThrow());
            case RoundEvent.Barred barred -> {
                book(round).barred(barred.builder());
                if (barred.outlook() == Outlook.CANNOT_MEET) {
                    book(round).hopeless();
                }
            }
            case RoundEvent.Attested e
            when e.standing() == Attestation.Standing.REFUSED -> book(round).barred(e.builder());
            default -> {}
        }
    }

    void adopted(SignedTrust version, SteppedLog log) {
        trust.adopted(version, log);
    }

    void replied(Request request, Reply reply, Instant now) {
        switch (request) {
            case Request.Commit r
            when reply instanceof Reply.Filed filed ->
                acknowledge(r.round(), r.from(), r.envelope(), filed.index(), r.token());
            case Request.Prove r
            when reply instanceof Reply.Filed filed ->
                acknowledge(r.round(), r.from(), r.envelope(), filed.index(), r.token());
            case Request.Attest r
            when reply instanceof Reply.Filed filed ->
                acknowledge(r.round(), r.from(), r.envelope(), filed.index(), r.token());
            case Request.Reveal r
            when reply instanceof Reply.Revealed -> book(r.round()).requireRevealable(latest);
            default -> {}
        }
    }

    private void acknowledge(RoundId round, BuilderId builder, Envelope envelope, long index, LeaseToken token) {
        Long before = acknowledged.putIfAbsent(new Acknowledged(round, builder, envelope.digest()), index);
        if (before != null && before != index) {
            throw new Violation("I3", builder + " was told " + before + " and then " + index + " under " + token);
        }
    }

    /** I3: everything acknowledged is in the store and in the log, where it was said to be. */
    void requireKept(SimulatedCoordinator coordinator) {
        trust.requireKept(coordinator.archive(), coordinator.log());
        hosts.requireKept(coordinator.hosts(), coordinator.log());
        acknowledged.forEach((what, index) -> {
            List<Testimony> said =
                    coordinator.rounds().containsKey(what.round()) ? coordinator.said(what.round()) : List.of();
            Testimony kept = said.stream()
                    .filter(t -> t.digest().equals(what.envelope()))
                    .findFirst()
                    .orElseThrow(() -> new Violation("I3", "lost: " + what));
            if (kept.index() != index || !coordinator.log().find(kept.leaf()).equals(Optional.of(index))) {
                throw new Violation("I3", "moved from " + index + ": " + what);
            }
        });
    }

    /** I8: what anybody may see now extends what anybody has ever seen. */
    void watch(SteppedLog log) throws IOException {
        Optional<VerifiedCheckpoint> served = log.served();
        if (served.equals(known)) {
            return;
        }
        if (known.isPresent()) {
            VerifiedCheckpoint next = served.orElseThrow(() -> new Violation("I8", "the log serves no head any more"));
            long was = known.get().head().size();
            if (next.head().size() < was) {
                throw new Violation(
                        "I8", "rolled back from " + was + " to " + next.head().size());
            }
            var proof = next.head().size() == was
                    ? List.<dev.quorate.digest.Sha256>of()
                    : log.consistency(was, next.head().size());
            if (!(LogMonitor.compare(known.get(), next, proof) instanceof LogObservation.Consistent)) {
                throw new Violation("I8", "two histories");
            }
        }
        known = served;
    }

    /** I10, I12. */
    void requireReviewed(SimulatedCoordinator coordinator) {
        trust.requireReviewed(coordinator);
    }

    /** What hosts have shown and lost. */
    HostCheck hosts() {
        return hosts;
    }

    CountCheck counts() {
        return counts;
    }

    void counted(Tally count, RoundRecord record, TrustRoot under) {
        counts.check(count, record, under);
    }

    void certified(RoundId round, Tally tally, Certificate certificate) {
        book(round).certified(setting, tally, certificate);
    }

    /** Verifies each envelope once in a run: signatures are most of the work, and retries repeat them. */
    Optional<VerifiedPayload> verified(Envelope envelope, P256Key key) {
        return verified.computeIfAbsent(envelope, e -> new HashMap<>()).computeIfAbsent(key, envelope::verify);
    }

    static boolean isFinal(BuildProof proof) {
        return SimulatedHearing.finality(proof.outcome()) == dev.quorate.coordinator.round.Finality.FINAL;
    }
}
