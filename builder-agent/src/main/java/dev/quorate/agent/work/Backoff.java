package dev.quorate.agent.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: twice as long each time up to a cap, and between half of that and all of it, so that
 * a fleet does not come back in step.
 */
public record Backoff(Duration first, Duration cap, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 20;

    /** For a coordinator that restarts: 0.2 to 5 seconds. */
    public static Backoff reconnecting(RandomGenerator random) {
        return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), random);
    }

    /**
     * The wait after so many failures in a row.
     *
     * @param failures from 1
     */
    public Duration after(int failures) {
        int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
        long full = Math.min(cap.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
