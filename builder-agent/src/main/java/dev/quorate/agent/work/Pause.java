package dev.quorate.agent.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass. Tests have one that does not. */
@FunctionalInterface
public interface Pause {
    /** Returns when that time has passed. */
    void take(Duration time) throws InterruptedException;

    /** Real time. */
    static Pause real() {
        return time -> {
            boolean opened = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            if (opened) {
                throw new IllegalStateException("nobody opens this latch");
            }
        };
    }
}
