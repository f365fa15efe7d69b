package dev.quorate.time;

/** How deep DER is nested; looked at before a recursive parser is let at it. */
final class Nesting {
    private static final int DEEPEST = 32;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;
    private static final int LONG_LENGTH = 0x80;
    private static final int MOST_LENGTH_BYTES = 3;

    private final byte[] der;
    private int at;

    private Nesting(byte[] der) {
        this.der = der;
    }

    /** Whether that is one value of definite lengths that are nested no deeper than a token can be. */
    static boolean isBounded(byte[] der) {
        return new Nesting(der).walk(der.length, 0);
    }

    private boolean walk(int end, int depth) {
        while (at < end) {
            int tag = der[at++] & 0xff;
            int length = length(end);
            if (depth == DEEPEST || (tag & LONG_TAG) == LONG_TAG || length < 0 || length > end - at) {
                return false;
            } else if ((tag & CONSTRUCTED) == 0) {
                at += length;
            } else if (!walk(at + length, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Negative if there is none. */
    private int length(int end) {
        if (at == end) {
            return -1;
        }
        int first = der[at++] & 0xff;
        if (first < LONG_LENGTH) {
            return first;
        }
        int bytes = first - LONG_LENGTH;
        if (bytes == 0 || bytes > MOST_LENGTH_BYTES || bytes > end - at) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | der[at++] & 0xff;
        }
        return length;
    }
}
