package dev.quorate.agent.sandbox;

import dev.quorate.spec.Limits;
import java.time.Duration;

/**
 * What a sandbox may use.
 *
 * @param time wall clock
 * @param memory bytes of all processes together
 * @param disk bytes below writable mounts
 * @param log bytes printed; the rest is dropped
 * @param processes processes and threads at a time
 */
public record Bounds(Duration time, long memory, long disk, long log, int processes) {
    private static final int PROCESSES = 4096;

    /** The limits of a spec. */
    public static Bounds of(Limits limits) {
        return new Bounds(
                limits.time().duration(),
                limits.memory().bytes(),
                limits.disk().bytes(),
                limits.log().bytes(),
                PROCESSES);
    }
}
