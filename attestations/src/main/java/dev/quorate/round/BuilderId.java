package dev.quorate.round;

import java.util.regex.Pattern;

/** Name of a builder in the trust root. */
public record BuilderId(String text) implements Comparable<BuilderId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public BuilderId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a builder's name is a-z 0-9 . _ -, at most 63, no leading mark");
        }
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static BuilderId parse(String text) {
        return new BuilderId(text);
    }

    @Override
    public int compareTo(BuilderId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
