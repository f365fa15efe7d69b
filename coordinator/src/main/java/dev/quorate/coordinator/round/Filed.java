package dev.quorate.coordinator.round;

import dev.quorate.digest.Sha256;

/**
 * An envelope that is kept, and where the log holds it.
 *
 * @param envelope SHA-256 over its pre-authentication encoding
 * @param index of its log entry
 */
public record Filed(Sha256 envelope, long index) {
    private static final long NOT_YET = -1;

    /** An envelope that would be filed if the round takes it; to ask before the log is written to. */
    public static Filed proposed(Sha256 envelope) {
        return new Filed(envelope, NOT_YET);
    }

    /** Whether the log holds it. */
    public boolean isLogged() {
        return index != NOT_YET;
    }
}
