package dev.quorate.cli.trust;

import dev.quorate.intoto.Instants;
import dev.quorate.quantity.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An end of validity, as a length of time from now ({@code 365d}) or as an instant. */
final class Expiry {
    private Expiry() {}

    /**
     * Reads either form.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Instant parse(String text, Instant now) {
        if (text.endsWith("Z")) {
            return Instants.parse(text);
        }
        return now.truncatedTo(ChronoUnit.SECONDS).plus(Span.parse(text).duration());
    }
}
