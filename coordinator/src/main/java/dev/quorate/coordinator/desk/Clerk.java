package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    /** How often the worker that a round has was asked for; a round that is not here has none. */
    private final Map<RoundId, Integer> asked = new ConcurrentHashMap<>();

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

    /** What a round waits for: counted, certified, or nothing by the time it is looked at. */
    interface Work {
        void done() throws IOException, RefusedException, InterruptedException;
    }

    /** Has what is due done, by one worker a round at a time; what fails is tried again. */
    void work(RoundId id, Work work) {
        if (asked.merge(id, 1, Integer::sum) == 1) {
            executor.execute(() -> perform(id, work));
        }
    }

    private void perform(RoundId id, Work work) {
        try {
            Integer seen;
            do {
                seen = asked.get(id);
                work.done();
                // Whoever asked meanwhile may have been overlooked.
            } while (!asked.remove(id, seen));
        } catch (InterruptedException e) {
            asked.remove(id);
            Thread.currentThread().interrupt();
        } catch (IOException | RefusedException | RuntimeException e) {
            LOG.error("round not counted round={}", id, e);
            asked.remove(id);
            alarm.lookAt(id, AGAIN);
        }
    }
}
