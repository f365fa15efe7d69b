package dev.quorate.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;

/** Signs notes with one key, wherever that key is kept. */
public interface NoteSigner {
    /** The key that verifies what this signs. */
    NoteKey key();

    /**
     * The Ed25519 signature over these bytes, 64 bytes.
     *
     * @throws SignatureException if the key cannot be used now
     */
    byte[] sign(byte[] message) throws SignatureException;

    /**
     * A log's signature over a text.
     *
     * @throws IllegalStateException if the key is a witness's
     */
    default NoteSignature sign(String text) throws SignatureException {
        require(NoteAlgorithm.ED25519);
        return NoteSignature.of(key(), sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A witness's signature over a text.
     *
     * @param time seconds since 1970
     * @throws IllegalStateException if the key is a log's
     */
    default NoteSignature cosign(String text, long time) throws SignatureException {
        require(NoteAlgorithm.COSIGNATURE_V1);
        byte[] signature = sign(Cosignature.message(text, time));
        return NoteSignature.of(
                key(),
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(time)
                        .put(signature)
                        .array());
    }

    private void require(NoteAlgorithm algorithm) {
        if (key().algorithm() != algorithm) {
            throw new IllegalStateException("the key " + key().name() + " signs " + key().algorithm());
        }
    }
}
