package dev.quorate.dsse;

/** Bytes that a key is known to have signed. Made only by {@link Envelope#verify}. */
public final class VerifiedPayload {
    private final byte[] bytes;
    private final P256Key signedBy;

    VerifiedPayload(byte[] bytes, P256Key signedBy) {
        this.bytes = bytes;
        this.signedBy = signedBy;
    }

    /** The signed bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The key that signed. */
    public P256Key signedBy() {
        return signedBy;
    }
}
