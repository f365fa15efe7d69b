package dev.quorate.round;

import dev.quorate.dsse.Base64Text;

/** 32 random bytes, in base64, that hide what a builder committed to until it reveals them. */
public record Nonce(String base64) {
    private static final int LENGTH = 32;

    public Nonce {
        if (Base64Text.decode(base64).length != LENGTH) {
            throw new IllegalArgumentException("a nonce is base64 of 32 bytes");
        }
    }

    /**
     * Reads base64.
     *
     * @throws IllegalArgumentException unless it stands for 32 bytes
     */
    public static Nonce parse(String base64) {
        return new Nonce(base64);
    }

    /** Takes 32 random bytes. */
    public static Nonce of(byte[] random) {
        return new Nonce(Base64Text.encode(random));
    }
}
