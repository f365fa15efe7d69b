package dev.quorate.inputs.web;

import java.time.Duration;

/**
 * How slowly a file may come.
 *
 * @param start granted before the first byte counts
 * @param bytesPerSecond that must have come on average since then
 * @param longest for any file, however large
 */
record Pace(Duration start, long bytesPerSecond, Duration longest) {
    /** Slower than any line that builds are made over; the rest is somebody holding a builder. */
    static final Pace ORDINARY = new Pace(Duration.ofSeconds(60), 8 << 10, Duration.ofHours(1));

    /** Nanoseconds until a file of which so much has come is too slow; zero or less once it is. */
    long left(long elapsedNanos, long bytes) {
        // No sum here overflows: bytes are divided before they are multiplied, and a limit of bytes is far below 2^63.
        long earned = start.toNanos() + bytes / bytesPerSecond * 1_000_000_000L;
        return Math.min(earned, longest.toNanos()) - elapsedNanos;
    }
}
