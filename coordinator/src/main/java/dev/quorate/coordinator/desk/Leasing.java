package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.StoredEnvelope;
import dev.quorate.dsse.Envelope;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Hands out the work that was assigned. */
final class Leasing {
    private final Rounds rounds;
    private final Fleet fleet;
    private final Bell bell;
    private final Clock clock;

    Leasing(Rounds rounds, Fleet fleet, Bell bell, Clock clock) {
        this.rounds = rounds;
        this.fleet = fleet;
        this.bell = bell;
        this.clock = clock;
    }

    /** The work that a builder holds, or else its oldest; waits for some. */
    Optional<Lease> lease(BuilderId builder, Platform platform, Duration wait)
            throws InterruptedException, IOException {
        fleet.saw(builder, platform, clock.instant());
        Duration left = wait;
        while (true) {
            long seen = bell.count();
            if (bell.isClosed()) {
                return Optional.empty();
            }
            Optional<Lease> work = take(builder, platform);
            if (work.isPresent() || left.isZero()) {
                return work;
            }
            left = bell.await(seen, left);
        }
    }

    private Optional<Lease> take(BuilderId builder, Platform platform) throws IOException {
        List<LiveRound> queue = rounds.queue(builder).stream()
                .filter(round -> round.opening().spec().platform().equals(platform))
                .sorted(Comparator.comparing(round -> !isHeld(round, builder)))
                .toList();
        for (LiveRound round : queue) {
            if (round.apply(new RoundEvent.Leased(clock.instant(), builder)) instanceof Answer.Granted granted) {
                return Optional.of(new Lease(round.id(), granted, opening(round)));
            }
        }
        return Optional.empty();
    }

    private static boolean isHeld(LiveRound round, BuilderId builder) {
        return round.state()
                .assignment(builder)
                .flatMap(Assignment::leasedUntil)
                .isPresent();
    }

    private Envelope opening(LiveRound round) throws IOException {
        try {
            return rounds.store().envelopes(round.id()).stream()
                    .filter(stored -> stored.kind() == EnvelopeKind.OPENING)
                    .map(StoredEnvelope::envelope)
                    .findFirst()
                    .orElseThrow(() -> new IOException("round " + round.id() + " has no stored opening"));
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    Instant heartbeat(BuilderId builder, RoundId round, LeaseToken token) throws RefusedException, IOException {
        Answer answer = rounds.get(round).apply(new RoundEvent.Heartbeat(clock.instant(), builder, token));
        if (answer instanceof Answer.Extended extended) {
            return extended.expires();
        }
        throw Refusals.of(answer);
    }

    void handBack(BuilderId builder, RoundId round, LeaseToken token) throws RefusedException, IOException {
        Answer answer = rounds.get(round).apply(new RoundEvent.Returned(clock.instant(), builder, token));
        if (!(answer instanceof Answer.Noted)) {
            throw Refusals.of(answer);
        }
    }

    /** Refuses whoever is not the holder. */
    LiveRound held(BuilderId builder, RoundId id, LeaseToken token) throws RefusedException, IOException {
        LiveRound round = rounds.get(id);
        Assignment part = round.state()
                .assignment(builder)
                .orElseThrow(() -> Refusals.of(new Answer.Refused(Answer.Refusal.NOT_ENROLLED)));
        if (part.leasedUntil().isEmpty() || !part.token().equals(token)) {
            throw Refusals.of(new Answer.Refused(Answer.Refusal.LEASE_LOST));
        }
        return round;
    }
}
