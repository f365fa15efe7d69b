package dev.quorate.quantity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of bytes as written, {@code 512KiB}, {@code 16MiB} or {@code 4GiB}; prints as it was read. */
public record ByteCount(long count, String unit) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})(KiB|MiB|GiB)");

    /**
     * Reads a positive whole number and its binary unit.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ByteCount parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be an amount of bytes like 512KiB, 16MiB or 4GiB");
        }
        return new ByteCount(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    /** The amount in bytes. */
    public long bytes() {
        return switch (unit) {
            case "KiB" -> count << 10;
            case "MiB" -> count << 20;
            default -> count << 30;
        };
    }

    @Override
    public String toString() {
        return count + unit;
    }
}
