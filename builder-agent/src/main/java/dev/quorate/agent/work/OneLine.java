package dev.quorate.agent.work;

/** The detail of a failure as it goes into a proof: one line, bounded, and always signable. */
public final class OneLine {
    private static final int LONGEST = 900;

    private OneLine() {}

    /** Control characters and lone surrogates become spaces; what is too long is cut. */
    public static String of(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                        ? ' '
                        : c)
                .limit(LONGEST / 2)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }
}
