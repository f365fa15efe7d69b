package dev.quorate.dsse;

import java.util.Base64;

/** Base64 as DSSE and Sigstore use it: written in the standard alphabet with padding, read strictly in either one. */
public final class Base64Text {
    private Base64Text() {}

    /** The standard form. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads padded base64 of the standard or the URL-safe alphabet.
     *
     * @throws IllegalArgumentException for white space, wrong padding or non-zero trailing bits
     */
    public static byte[] decode(String text) {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder();
        byte[] bytes;
        try {
            bytes = decoder.decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be base64", e);
        }
        Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
        // The JDK's decoder forgives missing padding and stray trailing bits; only one text stands for some bytes here.
        if (!encoder.encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("must be base64 with its padding and no stray bits");
        }
        return bytes;
    }
}
