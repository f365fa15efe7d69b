package dev.quorate.cli.log;

import dev.quorate.quantity.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When a watch looks, when it recomputes everything, and when it ends; by the machine's own steady clock. */
final class Rhythm implements Watch.Pause {
    private final Duration every;
    private final Optional<Duration> end;
    private final Duration recount;
    private final long start = System.nanoTime();
    private long recounted = start;

    Rhythm(Span every, Optional<Span> end, Span recount) {
        this.every = every.duration();
        this.end = end.map(Span::duration);
        this.recount = recount.duration();
    }

    @Override
    public boolean more() throws InterruptedException {
        long nanos = every.toNanos();
        if (end.isPresent()) {
            long left = end.get().toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            nanos = Math.min(nanos, left);
        }
        // Nobody opens it, so this waits and can be interrupted.
        return !new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isEverythingDue() {
        long now = System.nanoTime();
        if (now - recounted < recount.toNanos()) {
            return false;
        }
        recounted = now;
        return true;
    }
}
