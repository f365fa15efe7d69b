package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does in the background what rounds wait for the coordinator to do. */
final class Clerk {
    private static final Logger LOG = LoggerFactory.getLogger(Clerk.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Executor executor;
    private final Alarm alarm;
    private final Bell bell;
    private final Clock clock;
    private final Set<RoundId> asked = ConcurrentHashMap.newKeySet();

    Clerk(Executor executor, Alarm alarm, Bell bell, Clock clock) {
        this.executor = executor;
        this.alarm = alarm;
        this.bell = bell;
        this.clock = clock;
    }

    /** Time may have decided something. */
    void lookAt(RoundId id, Rounds rounds) {
        try {
            Optional<LiveRound> round = rounds.find(id);
            if (round.isPresent()) {
                round.get().apply(new RoundEvent.Passed(clock.instant()));
                // A pause before another try may be over, which is no event of its own.
                bell.ring();
                round.get()
                        .state()
                        .nextDeadline(clock.instant())
                        .ifPresent(at -> alarm.lookAt(id, Duration.between(clock.instant(), at)));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("deadline missed round={}", id, e);
            alarm.lookAt(id, AGAIN);
        }
    }

    /** Counts and certifies as is due; what fails is tried again. */
    void work(RoundId id, Rounds rounds, Counter counter) {
        if (asked.add(id)) {
            executor.execute(() -> {
                asked.remove(id);
                perform(id, rounds, counter);
            });
        }
    }

    private void perform(RoundId id, Rounds rounds, Counter counter) {
        try {
            counter.work(rounds.find(id).orElseThrow());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RefusedException | RuntimeException e) {
            LOG.error("round not counted round={}", id, e);
            alarm.lookAt(id, AGAIN);
        }
    }
}
