package dev.quorate.log;

/** The name of a note key: not empty, no spaces, no plus, at most 255 bytes of printable text. */
public record KeyName(String text) {
    private static final int LONGEST = 255;

    /**
     * Keeps a name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public KeyName {
        if (text.isEmpty() || text.length() > LONGEST || !text.codePoints().allMatch(KeyName::isAllowed)) {
            throw new IllegalArgumentException("a key name has 1 to 255 characters without spaces and plus");
        }
    }

    private static boolean isAllowed(int c) {
        return c != '+'
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE;
    }

    @Override
    public String toString() {
        return text;
    }
}
