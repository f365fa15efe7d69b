package dev.quorate.spec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A path below a directory that it cannot leave: no leading slash, no empty, {@code .} or {@code ..} segment, no control
 * characters, at most 1024 bytes and 255 a segment. Ordered by its UTF-8 bytes.
 */
public record RelativePath(String text) implements Comparable<RelativePath> {
    private static final int LONGEST = 1024;
    // NAME_MAX of every file system that a build meets.
    private static final int LONGEST_SEGMENT = 255;

    public RelativePath {
        boolean escapes = text.length() > LONGEST
                || bytes(text) > LONGEST
                || Arrays.stream(text.split("/", -1)).anyMatch(RelativePath::isUnsafe);
        if (escapes || text.codePoints().anyMatch(RelativePath::isUnsafe)) {
            throw new IllegalArgumentException("must be a relative path without . or .. and control characters");
        }
    }

    /**
     * Reads a path with {@code /} between its segments.
     *
     * @throws IllegalArgumentException for a path that could leave its directory
     */
    public static RelativePath parse(String text) {
        return new RelativePath(text);
    }

    /** This path below a directory. */
    public Path below(Path directory) {
        return directory.resolve(text);
    }

    /** The last segment. */
    public String fileName() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    private static boolean isUnsafe(String segment) {
        return segment.isEmpty() || segment.equals(".") || segment.equals("..") || bytes(segment) > LONGEST_SEGMENT;
    }

    private static boolean isUnsafe(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return Character.isISOControl(c) || surrogate || c == '\\';
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public int compareTo(RelativePath other) {
        return Arrays.compareUnsigned(
                text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return text;
    }
}
