package dev.quorate.key;

import java.security.interfaces.ECPublicKey;

/** A private P-256 key, open to sign with. */
public interface OpenKey {
    /** The key that verifies what this signs. */
    ECPublicKey publicKey();

    /**
     * Signs SHA-256 of the message.
     *
     * @return an ECDSA signature in DER
     * @throws UnusableKeyException if the key cannot be used now
     */
    byte[] sign(byte[] message) throws UnusableKeyException;
}
