package dev.quorate.intoto;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** RFC 3339 times in UTC. */
public final class Instants {
    // The JDK would read 24:00:00 and 23:59:60 as other instants than they say.
    private static final Pattern FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z");

    private Instants() {}

    /**
     * Reads {@code 2026-11-23T16:00:00Z}.
     *
     * @throws IllegalArgumentException for other forms and for times that do not exist
     */
    public static Instant parse(String text) {
        try {
            if (FORM.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time that exists", e);
        }
        throw new IllegalArgumentException("must be a time in UTC like 2026-11-23T16:00:00Z");
    }
}
