package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.Standing;
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
    private final Standings hosts;
    private final Barring barring;
    private final Bell bell;
    private final Clock clock;

    Leasing(Rounds rounds, Fleet fleet, Standings hosts, Barring barring, Bell bell, Clock clock) {
        this.rounds = rounds;
        this.fleet = fleet;
        this.hosts = hosts;
        this.barring = barring;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * The work that a builder holds, or else its oldest; waits for some.
     *
     * @throws RefusedException if all there is wants an admitted host, and the asker has not shown itself to be one
     */
    Optional<Lease> lease(Asker asker, Platform platform, Duration wait)
            throws RefusedException, InterruptedException, IOException {
        BuilderId builder = asker.builder();
        fleet.saw(builder, platform, clock.instant());
        Duration left = wait;
        while (true) {
            long seen = bell.count();
            if (bell.isClosed()) {
                return Optional.empty();
            }
            Optional<Lease> work = take(asker, platform);
            if (work.isPresent() || left.isZero()) {
                return work;
            }
            left = bell.await(seen, left);
        }
    }

    private Optional<Lease> take(Asker asker, Platform platform) throws RefusedException, IOException {
        BuilderId builder = asker.builder();
        List<LiveRound> queue = rounds.queue(builder).stream()
                .filter(round -> round.opening().spec().platform().equals(platform))
                .sorted(Comparator.comparing(round -> !isHeld(round, builder)))
                .toList();
        boolean kept = false;
        for (LiveRound round : queue) {
            if (Barring.isGated(round) && !stands(asker)) {
                kept |= round.state().hasWork(builder, clock.instant());
                continue;
            }
            if (round.apply(new RoundEvent.Leased(clock.instant(), builder)) instanceof Answer.Granted granted) {
                // The host may have lost its standing meanwhile.
                if (!Barring.isGated(round) || stands(asker)) {
                    return Optional.of(new Lease(round.id(), granted, opening(round)));
                }
                barring.takeBack(round, builder, clock.instant());
                kept = true;
            }
        }
        if (kept) {
            throw new RefusedException(
                    Complaint.HOST_NOT_ADMITTED,
                    "there is work for hosts that have shown their state; show this one with POST /v1/enrol, and ask"
                            + " with the certificate that comes of it"
                            + hosts.of(builder)
                                    .map(Standing::reason)
                                    .filter(reason -> !reason.isEmpty())
                                    .map(reason -> " (last: " + reason + ")")
                                    .orElse(""));
        }
        return Optional.empty();
    }

    private boolean stands(Asker asker) {
        return asker.certificate()
                .filter(certificate -> hosts.holds(asker.builder(), certificate))
                .isPresent();
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
        LiveRound live = rounds.get(round);
        Instant now = clock.instant();
        if (Barring.isGated(live) && !hosts.isAdmitted(builder)) {
            live.apply(new RoundEvent.Returned(now, builder, token));
            throw Refusals.of(new Answer.Refused(Answer.Refusal.LEASE_LOST));
        }
        Answer answer = live.apply(new RoundEvent.Heartbeat(now, builder, token));
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
