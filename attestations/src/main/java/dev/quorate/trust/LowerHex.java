package dev.quorate.trust;

import java.util.HexFormat;

/** Bytes as lower-case hex digits: one spelling of each value. */
final class LowerHex {
    private LowerHex() {}

    /**
     * Reads so many bytes.
     *
     * @throws IllegalArgumentException for anything else
     */
    static byte[] parse(String hex, int length) {
        if (hex.length() != 2 * length || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("must be " + 2 * length + " lower-case hex digits");
        }
        return HexFormat.of().parseHex(hex);
    }
}
