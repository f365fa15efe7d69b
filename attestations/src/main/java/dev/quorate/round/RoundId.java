package dev.quorate.round;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Identity of a round: {@code r-} and 26 lower-case base-32 digits of 128 random bits. */
public record RoundId(String text) implements Comparable<RoundId> {
    private static final Pattern FORM = Pattern.compile("r-[0-9a-v]{26}");
    private static final int RANDOM_BYTES = 16;

    public RoundId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a round is r- and 26 of 0-9a-v");
        }
    }

    /**
     * Reads the printed form.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static RoundId parse(String text) {
        return new RoundId(text);
    }

    /** The round that these 16 random bytes name. */
    public static RoundId ofRandom(byte[] random) {
        if (random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("a round is named by 16 bytes");
        }
        String digits = new BigInteger(1, random).toString(32);
        return new RoundId("r-" + "0".repeat(26 - digits.length()) + digits);
    }

    @Override
    public int compareTo(RoundId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
