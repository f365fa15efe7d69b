package dev.quorate.coordinator;

import dev.quorate.coordinator.desk.Alarm;
import dev.quorate.round.RoundId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Rings by the machine's timer: one pending look for each round. */
final class TimerAlarm implements Alarm, AutoCloseable {
    /** A clock that jumps ahead is noticed after this long. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deadlines").daemon().factory());
    private final Map<RoundId, ScheduledFuture<?>> pending = new ConcurrentHashMap<>();
    private volatile Consumer<RoundId> looker = round -> {};

    /** Whom to call. */
    void calls(Consumer<RoundId> newLooker) {
        looker = newLooker;
    }

    @Override
    public void lookAt(RoundId round, Duration after) {
        Duration delay = after.compareTo(LONGEST) > 0 ? LONGEST : after.plusMillis(1);
        pending.compute(round, (id, earlier) -> {
            if (earlier != null) {
                earlier.cancel(false);
            }
            return timer.schedule(() -> ring(id), Math.max(delay.toMillis(), 1), TimeUnit.MILLISECONDS);
        });
    }

    private void ring(RoundId round) {
        pending.remove(round);
        looker.accept(round);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
