package dev.quorate.agent.qrexec;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says every few seconds that the service is at work, and finds out by it that nobody listens any more. */
final class Alive {
    /** How often. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    private Alive(OutputStream out, Runnable onGone) {
        thread = Thread.ofPlatform().daemon().name("alive").unstarted(() -> run(out, onGone));
    }

    /**
     * Begins at once.
     *
     * @param out nothing else writes to it until {@link #stop} has returned
     * @param onGone called once if nobody reads it any more
     */
    static Alive start(OutputStream out, Runnable onGone) {
        var alive = new Alive(out, onGone);
        alive.thread.start();
        return alive;
    }

    private void run(OutputStream out, Runnable onGone) {
        try {
            boolean goOn = true;
            while (goOn) {
                new Frame(Frame.Kind.ALIVE, new byte[0]).write(out);
                goOn = !stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            onGone.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Returns when nothing more is said. */
    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }
}
