package dev.quorate.log;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of one tile, {@code tile/<level>/<index>[.p/<width>]}, or of one entry bundle, {@code tile/entries/…}.
 *
 * @param level 0 for leaf hashes and upwards; absent for entries
 * @param index of the tile within its level
 * @param width number of hashes or entries; less than {@link #FULL} at the right edge
 */
public record TilePath(OptionalInt level, long index, int width) {
    /** Hashes or entries of a full tile. */
    public static final int FULL = 256;

    /** The level with the root of the largest tree. */
    public static final int MAX_LEVEL = 6;

    private static final String ENTRIES = "entries";
    private static final Pattern FORM =
            Pattern.compile("tile/(entries|[0-9])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /**
     * Keeps a path.
     *
     * @throws IllegalArgumentException if no tree has such a tile
     */
    public TilePath {
        if (level.orElse(0) < 0 || level.orElse(0) > MAX_LEVEL) {
            throw new IllegalArgumentException("a tile is of level 0 to " + MAX_LEVEL);
        }
        if (index < 0 || index > TreeHead.MAX_SIZE >> 8 * (level.orElse(0) + 1)) {
            throw new IllegalArgumentException("no tree has a tile of that index");
        }
        if (width < 1 || width > FULL) {
            throw new IllegalArgumentException("a tile is 1 to " + FULL + " wide");
        }
    }

    /** A tile of hashes. */
    public static TilePath hashes(int level, long index, int width) {
        return new TilePath(OptionalInt.of(level), index, width);
    }

    /** A bundle of entries. */
    public static TilePath entries(long index, int width) {
        return new TilePath(OptionalInt.empty(), index, width);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is not the one spelling of a tile's path
     */
    public static TilePath parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > 64 || !matcher.matches()) {
            throw new IllegalArgumentException("a tile's path is like tile/0/x001/234 or tile/entries/000.p/5");
        }
        OptionalInt level = matcher.group(1).equals(ENTRIES)
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(matcher.group(1)));
        long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        var path = new TilePath(level, index, width);
        if (!path.toString().equals(text)) {
            throw new IllegalArgumentException("the path of this tile is " + path);
        }
        return path;
    }

    /**
     * How wide the tile of that level and index is in a tree.
     *
     * @return 0 if the tree has no such tile, {@link #FULL} if it has all of it
     */
    public static int widthIn(long treeSize, int level, long index) {
        return (int) Math.clamp((treeSize >> 8 * level) - index * FULL, 0L, (long) FULL);
    }

    /** Whether a tree of that size has all that this tile holds. */
    public boolean isWithin(long treeSize) {
        return width <= widthIn(treeSize, level.orElse(0), index);
    }

    /** Whether this is a partial tile. */
    public boolean isPartial() {
        return width < FULL;
    }

    /** The same tile with all its hashes or entries. */
    public TilePath full() {
        return new TilePath(level, index, FULL);
    }

    /** The path as it is served. */
    @Override
    public String toString() {
        var groups = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        String of = level.isPresent() ? Integer.toString(level.getAsInt()) : ENTRIES;
        return "tile/" + of + "/" + groups + (isPartial() ? ".p/" + width : "");
    }
}
