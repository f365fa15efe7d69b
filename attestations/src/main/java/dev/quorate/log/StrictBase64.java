package dev.quorate.log;

import dev.quorate.digest.Sha256;
import java.util.Base64;

/** RFC 4648 §4 with one spelling for each byte sequence: padded, no spaces, trailing bits zero. */
final class StrictBase64 {
    private StrictBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be padded standard base64", e);
        }
        // The JDK lets missing padding and set trailing bits pass.
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("must be padded standard base64 with zero trailing bits");
        }
        return bytes;
    }

    static String encode(Sha256 hash) {
        return encode(hash.bytes());
    }

    static Sha256 decodeHash(String text) {
        byte[] bytes = decode(text);
        if (bytes.length != Sha256.LENGTH) {
            throw new IllegalArgumentException("must be 32 bytes in base64");
        }
        return Sha256.ofDigest(bytes);
    }
}
