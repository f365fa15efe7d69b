package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundMachine;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.Step;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.coordinator.store.StandingChange;
import dev.quorate.coordinator.store.StoredEnvelope;
import dev.quorate.intoto.Subject;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A round in memory, always as far as the store is. */
final class LiveRound {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRound.class);

    private final RoundOpening opening;
    private final List<Subject> claims;
    private final RoundStore store;
    private final Consumer<LiveRound> changed;
    private final ReentrantLock lock = new ReentrantLock();
    private RoundState state;

    LiveRound(
            RoundOpening opening,
            List<Subject> claims,
            RoundState state,
            RoundStore store,
            Consumer<LiveRound> changed) {
        this.opening = opening;
        this.claims = List.copyOf(claims);
        this.state = state;
        this.store = store;
        this.changed = changed;
    }

    RoundId id() {
        return opening.round();
    }

    RoundOpening opening() {
        return opening;
    }

    /** What the maintainer publishes. */
    List<Subject> claims() {
        return claims;
    }

    RoundState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Lets an event happen that no envelope comes with. */
    Answer apply(RoundEvent event) {
        lock.lock();
        try {
            return apply(event, Optional.empty(), Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets an event happen that files an envelope. The log is asked only if the round takes the envelope, or keeps it as
     * evidence.
     */
    Answer file(Filing filing) throws RefusedException, InterruptedException {
        lock.lock();
        try {
            RoundEvent proposal = filing.event(Filed.proposed(filing.digest()));
            Step probe = RoundMachine.step(state, proposal);
            if (probe.state().equals(state)) {
                return probe.answer();
            }
            StoredEnvelope logged = filing.enter();
            var filed = new Filed(filing.digest(), logged.index().orElseThrow());
            return apply(filing.event(filed), Optional.of(logged), filing.loss());
        } finally {
            lock.unlock();
        }
    }

    private Answer apply(RoundEvent event, Optional<StoredEnvelope> envelope, Optional<StandingChange> loss) {
        Step step = RoundMachine.step(state, event);
        if (!step.state().equals(state)) {
            if (event instanceof RoundEvent.Heartbeat) {
                state = step.state();
            } else {
                store.append(id(), event, envelope, loss, step.state().phase());
                state = step.state();
                LOG.info(
                        "round changed round={} event={} phase={}",
                        id(),
                        event.getClass().getSimpleName(),
                        state.phase());
                changed.accept(this);
            }
        }
        return step.answer();
    }
}
