package dev.quorate.coordinator.identity;

import java.io.IOException;
import java.time.Instant;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;

/**
 * A time-stamping token that nobody has verified yet.
 *
 * @param time what it says the time was
 */
record Token(Instant time) {
    private static final int MAX_BYTES = 64 * 1024;

    static Token of(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
        }
        try {
            var response = new TimeStampResponse(der);
            if (response.getTimeStampToken() == null) {
                throw new IllegalArgumentException("holds no time-stamping token");
            }
            return new Token(
                    response.getTimeStampToken().getTimeStampInfo().getGenTime().toInstant());
        } catch (TSPException | IOException | RuntimeException e) {
            throw new IllegalArgumentException("must be an RFC 3161 answer with a token", e);
        }
    }
}
