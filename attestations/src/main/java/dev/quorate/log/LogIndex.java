package dev.quorate.log;

/**
 * The place of an entry in the log, counted from zero.
 *
 * @param value 0 to {@link TreeHead#MAX_SIZE} − 1
 */
public record LogIndex(long value) implements Comparable<LogIndex> {
    /**
     * Keeps an index.
     *
     * @throws IllegalArgumentException if no tree can have an entry there
     */
    public LogIndex {
        if (value < 0 || value >= TreeHead.MAX_SIZE) {
            throw new IllegalArgumentException("a log index is an integer from 0 to 2^53-2");
        }
    }

    /**
     * Reads a decimal number with no leading zeros.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static LogIndex parse(String text) {
        return new LogIndex(TreeHead.parseSize(text));
    }

    @Override
    public int compareTo(LogIndex other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
