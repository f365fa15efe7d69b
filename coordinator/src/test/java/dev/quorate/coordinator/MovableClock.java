package dev.quorate.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real time, and as much more as a test says. */
final class MovableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
