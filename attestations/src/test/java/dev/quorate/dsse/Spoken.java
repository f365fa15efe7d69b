package dev.quorate.dsse;

/** What readers of signed statements are fuzzed with: payloads that pass for verified without a signature. */
public final class Spoken {
    private static final P256Key KEY = new KeyPairSigner(KeyPairSigner.generate()).publicKey();

    private Spoken() {}

    /** These bytes, as if a key had signed them. */
    public static VerifiedPayload by(P256Key key, byte[] payload) {
        return new VerifiedPayload(payload, key);
    }

    /** These bytes, as if somebody had signed them. */
    public static VerifiedPayload bySomebody(byte[] payload) {
        return by(KEY, payload);
    }
}
