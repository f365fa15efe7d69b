package dev.quorate.it.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time, and what is to happen in it: one thing after the other, in one thread. */
final class World {
    private record Happening(long at, long number, Runnable what) {}

    private final PriorityQueue<Happening> future =
            new PriorityQueue<>(Comparator.comparingLong(Happening::at).thenComparingLong(Happening::number));
    private final Trace trace;
    private long now;
    private long number;

    World(Trace trace) {
        this.trace = trace;
    }

    /** Who is told what happens. */
    interface Trace {
        void tell(String line);
    }

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    Instant instant() {
        return Cast.START.plusMillis(now);
    }

    void after(long milliseconds, Runnable what) {
        future.add(new Happening(now + milliseconds, number++, what));
    }

    void tell(String who, Object what) {
        trace.tell(Duration.ofMillis(now) + " " + who + " " + what);
    }

    /** Lets the next thing happen. */
    void step() {
        Happening next = future.remove();
        now = next.at;
        next.what.run();
    }

    /** How many things have been put off into the future so far; says that two runs are the same. */
    long count() {
        return number;
    }
}
