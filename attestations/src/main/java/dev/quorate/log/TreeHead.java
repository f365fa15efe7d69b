package dev.quorate.log;

import dev.quorate.digest.Sha256;
import java.util.regex.Pattern;

/**
 * What a tree is known by.
 *
 * @param size number of entries
 * @param root RFC 6962 §2.1 root over them
 */
public record TreeHead(long size, Sha256 root) {
    /** Largest tree: what a JSON integer holds exactly, and far from every overflow. */
    public static final long MAX_SIZE = (1L << 53) - 1;

    /** The tree of no entries; its root is SHA-256 of nothing. */
    public static final TreeHead EMPTY = new TreeHead(0, Sha256.of(new byte[0]));

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,15}");

    /**
     * Keeps a head.
     *
     * @throws IllegalArgumentException if the size is negative or beyond {@link #MAX_SIZE}
     */
    public TreeHead {
        requireSize(size);
    }

    /**
     * Reads a tree size: decimal, no leading zeros.
     *
     * @throws IllegalArgumentException for anything else, and beyond {@link #MAX_SIZE}
     */
    public static long parseSize(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a decimal number with no leading zeros");
        }
        return requireSize(Long.parseLong(text));
    }

    private static long requireSize(long size) {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("a tree has 0 to 2^53-1 entries");
        }
        return size;
    }
}
