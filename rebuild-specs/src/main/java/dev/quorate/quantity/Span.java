package dev.quorate.quantity;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as written, {@code 90s}, {@code 20m}, {@code 2h} or {@code 90d}; prints as it was read. */
public record Span(long count, char unit) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})([smhd])");

    public Span {
        if (count < 1 || "smhd".indexOf(unit) < 0) {
            throw new IllegalArgumentException("a length of time is a positive number of s, m, h or d");
        }
    }

    /**
     * Reads a positive whole number and its unit.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Span parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a length of time like 90s, 20m, 2h or 90d");
        }
        return new Span(Long.parseLong(matcher.group(1)), matcher.group(2).charAt(0));
    }

    /** A number of seconds. */
    public static Span ofSeconds(long seconds) {
        return new Span(seconds, 's');
    }

    /** The same length as a duration; a day has 24 hours. */
    public Duration duration() {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    @Override
    public String toString() {
        return count + Character.toString(unit);
    }
}
