package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes from one platform thread that lives as long as this program. A child's parent-death signal fires
 * when the <em>thread</em> that started it ends (prctl(2)), so a pool's or a virtual thread would kill builds at random.
 */
public final class Spawner {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("spawner").factory());

    private Spawner() {}

    /** Starts a process whose life ends no later than this program's, if it asks for a parent-death signal. */
    public static Process start(ProcessBuilder builder) throws IOException, InterruptedException {
        try {
            return THREAD.submit(builder::start).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
