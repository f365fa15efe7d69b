package dev.quorate.proof;

import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Json;
import java.util.Optional;

/**
 * A builder's Ed25519 signature over the in-toto link that follows from its outputs. It is for tools that read links and
 * takes no part in a vote.
 *
 * @param base64 the 64 bytes in the standard alphabet
 */
public record LinkSignature(String base64) {
    private static final int LENGTH = 64;

    /**
     * Keeps a signature.
     *
     * @throws IllegalArgumentException unless it is base64 of 64 bytes
     */
    public LinkSignature {
        if (Base64Text.decode(base64).length != LENGTH) {
            throw new IllegalArgumentException("must be an Ed25519 signature of 64 bytes");
        }
    }

    /** Takes the bytes of RFC 8032. */
    public static LinkSignature of(byte[] bytes) {
        return new LinkSignature(Base64Text.encode(bytes));
    }

    /** What stands there, if it is a signature: whatever else does is no concern of whoever counts the proof. */
    static Optional<LinkSignature> read(Json value) {
        try {
            return value instanceof Json.Str text ? Optional.of(new LinkSignature(text.value())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The 64 bytes. */
    public byte[] bytes() {
        return Base64Text.decode(base64);
    }
}
