package dev.quorate.dsse;

import java.util.Arrays;

/** Bytes as a TPM, a processor or a kernel wrote them. Immutable; equal by content. */
public final class Octets {
    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy. */
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.clone());
    }

    /**
     * Reads base64.
     *
     * @throws IllegalArgumentException for anything else, and for more bytes than that
     */
    public static Octets parse(String base64, int most) {
        byte[] bytes = Base64Text.decode(base64);
        if (bytes.length > most) {
            throw new IllegalArgumentException("must be at most " + most + " bytes in base64");
        }
        return new Octets(bytes);
    }

    /** The bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64. */
    @Override
    public String toString() {
        return Base64Text.encode(bytes);
    }
}
