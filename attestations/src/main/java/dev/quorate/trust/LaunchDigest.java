package dev.quorate.trust;

import java.util.Arrays;
import java.util.HexFormat;

/** What an AMD processor measured of a confidential VM before it ran: SHA-384 over its first memory and state. */
public final class LaunchDigest {
    /** In bytes. */
    public static final int LENGTH = 48;

    private final byte[] bytes;

    private LaunchDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a copy.
     *
     * @throws IllegalArgumentException for another length
     */
    public static LaunchDigest of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("must be " + LENGTH + " bytes");
        }
        return new LaunchDigest(bytes.clone());
    }

    /**
     * Reads lower-case hex.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static LaunchDigest parse(String hex) {
        return of(LowerHex.parse(hex, LENGTH));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LaunchDigest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
