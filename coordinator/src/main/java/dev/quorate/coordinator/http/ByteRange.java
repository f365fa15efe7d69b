package dev.quorate.coordinator.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes.
 *
 * @param first offset of the first byte
 * @param length number of bytes
 * @param total bytes of the whole
 */
record ByteRange(long first, long length, long total) {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,15})-([0-9]{0,15})", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})");

    /**
     * Reads {@code Range} (RFC 9110 §14.2), one range from a first byte on. Empty for any other, which a server may leave
     * aside, and must for a unit that it does not know.
     */
    static Optional<ByteRange> requested(String header, long total) throws ProblemException {
        Matcher matcher = RANGE.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? total - 1 : Math.min(total - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return Optional.empty();
        } else if (first >= total) {
            throw new ProblemException(
                    new Problem(416, "range", "The range cannot be served", "the blob has " + total + " bytes"));
        }
        return Optional.of(new ByteRange(first, last - first + 1, total));
    }

    /** Reads {@code Content-Range} (RFC 9110 §14.4) of an upload that runs to the end. */
    static ByteRange uploaded(String header) throws ProblemException {
        Matcher matcher = CONTENT_RANGE.matcher(header);
        if (!matcher.matches()) {
            throw new ProblemException(Problem.malformed("Content-Range must be like bytes 100-199/200"));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        long total = Long.parseLong(matcher.group(3));
        if (last < first || last >= total) {
            throw new ProblemException(Problem.malformed("Content-Range must lie within its total"));
        }
        return new ByteRange(first, last - first + 1, total);
    }

    String header() {
        return "bytes " + first + "-" + (first + length - 1) + "/" + total;
    }
}
