package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.identity.KeylessBundle;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundMachine;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.coordinator.store.StoredEnvelope;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Subject;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.round.Submission;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** All rounds: the open ones in memory, the others read when somebody asks. There is one object for each at a time. */
final class Rounds {
    private final RoundStore store;
    private final Signers signers;
    private final Clock clock;
    private final Bell bell;
    private final Alarm alarm;
    private final Consumer<RoundId> due;
    private final Map<RoundId, LiveRound> open = new ConcurrentHashMap<>();
    private final Map<RoundId, WeakReference<LiveRound>> known = new HashMap<>();
    private final Map<BuilderId, NavigableMap<Order, LiveRound>> queues = new ConcurrentHashMap<>();

    Rounds(RoundStore store, Signers signers, Clock clock, Bell bell, Alarm alarm, Consumer<RoundId> due) {
        this.store = store;
        this.signers = signers;
        this.clock = clock;
        this.bell = bell;
        this.alarm = alarm;
        this.due = due;
    }

    /** Oldest rounds first. */
    private record Order(Instant opened, RoundId round) implements Comparable<Order> {
        static Order of(LiveRound round) {
            return new Order(round.state().opened(), round.id());
        }

        @Override
        public int compareTo(Order other) {
            int byTime = opened.compareTo(other.opened);
            return byTime != 0 ? byTime : round.compareTo(other.round);
        }
    }

    /** Goes on with every round that is not over. */
    void resume() throws IOException {
        for (RoundId id : store.open()) {
            LiveRound round = find(id).orElseThrow();
            changed(round);
        }
    }

    LiveRound opened(
            RoundOpening opening, RoundEvent.Opened event, List<Subject> claims, List<StoredEnvelope> envelopes) {
        store.open(event, envelopes);
        var round = new LiveRound(opening, claims, RoundMachine.open(event), store, this::changed);
        synchronized (known) {
            known.put(round.id(), new WeakReference<>(round));
        }
        changed(round);
        return round;
    }

    Optional<LiveRound> find(RoundId id) throws IOException {
        LiveRound live = open.get(id);
        if (live != null) {
            return Optional.of(live);
        }
        synchronized (known) {
            WeakReference<LiveRound> reference = known.get(id);
            LiveRound present = reference == null ? null : reference.get();
            if (present != null) {
                return Optional.of(present);
            }
            Optional<LiveRound> loaded = load(id);
            loaded.ifPresent(round -> known.put(id, new WeakReference<>(round)));
            return loaded;
        }
    }

    LiveRound get(RoundId id) throws IOException, RefusedException {
        return find(id).orElseThrow(() -> new RefusedException(Complaint.NOT_FOUND, "there is no round " + id));
    }

    Collection<LiveRound> open() {
        return open.values();
    }

    /** The open rounds that enrol a builder, oldest first. */
    Collection<LiveRound> queue(BuilderId builder) {
        NavigableMap<Order, LiveRound> queue = queues.get(builder);
        return queue == null ? List.of() : queue.values();
    }

    RoundStore store() {
        return store;
    }

    private Optional<LiveRound> load(RoundId id) throws IOException {
        try {
            List<RoundEvent> events = store.events(id);
            return events.isEmpty() ? Optional.empty() : Optional.of(load(id, RoundMachine.fold(events)));
        } catch (MalformedException e) {
            throw new IOException("round " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    private LiveRound load(RoundId id, RoundState state) throws MalformedException {
        Optional<RoundOpening> opening = Optional.empty();
        List<Subject> claims = List.of();
        for (StoredEnvelope stored : store.envelopes(id)) {
            if (stored.kind() == EnvelopeKind.OPENING) {
                opening = Optional.of(RoundOpening.parse(signers.everCertifier(stored.envelope())
                        .orElseThrow(() -> new MalformedException(
                                "round " + id, "was opened with a key that the trust root does not name"))));
            } else if (stored.kind() == EnvelopeKind.SUBMISSION) {
                Optional<VerifiedPayload> submission = submission(stored.envelope());
                claims = submission.isEmpty()
                        ? List.of()
                        : Submission.parse(submission.get()).claims();
            }
        }
        return new LiveRound(
                opening.orElseThrow(() -> new MalformedException("store", "has no opening of round " + id)),
                claims,
                state,
                store,
                this::changed);
    }

    /** What a maintainer's key signed, or the key of a certificate whose bundle was judged good when it came. */
    private Optional<VerifiedPayload> submission(Envelope envelope) throws MalformedException {
        Optional<byte[]> bundle = store.keyless().bundle(Sha256.of(envelope.signature()));
        return bundle.isPresent()
                ? KeylessBundle.parse(bundle.get(), "stored bundle").signed()
                : signers.everMaintainer(envelope);
    }

    private void changed(LiveRound round) {
        RoundState state = round.state();
        boolean over = state.phase() == Phase.LOGGED;
        if (over) {
            open.remove(round.id());
        } else {
            open.put(round.id(), round);
        }
        Order order = Order.of(round);
        for (BuilderId builder : state.terms().builders()) {
            if (over) {
                queues.computeIfPresent(builder, (b, queue) -> {
                    queue.remove(order);
                    return queue.isEmpty() ? null : queue;
                });
            } else {
                queues.compute(builder, (b, queue) -> {
                    NavigableMap<Order, LiveRound> some = queue == null ? new ConcurrentSkipListMap<>() : queue;
                    some.put(order, round);
                    return some;
                });
            }
        }
        Instant now = clock.instant();
        state.nextDeadline(now).ifPresent(at -> alarm.lookAt(round.id(), Duration.between(now, at)));
        if (state.due() != Due.NOTHING) {
            due.accept(round.id());
        }
        bell.ring();
    }
}
