package dev.quorate.coordinator.http;

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
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,15})-([0-9]{0,15})");
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})");

    /** Reads {@code Range} (RFC 9110 §14.2), one range from a first byte on. */
    static ByteRange requested(String header, long total) throws ProblemException {
        Matcher matcher = RANGE.matcher(header);
        if (!matcher.matches()) {
            throw new ProblemException(Problem.malformed("Range must be like bytes=100- or bytes=100-199"));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? total - 1 : Math.min(total - 1, Long.parseLong(matcher.group(2)));
        if (first >= total || last < first) {
            throw new ProblemException(
                    new Problem(416, "range", "The range cannot be served", "the blob has " + total + " bytes"));
        }
        return new ByteRange(first, last - first + 1, total);
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
