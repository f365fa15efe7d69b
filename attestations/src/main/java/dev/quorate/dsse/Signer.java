package dev.quorate.dsse;

import java.security.GeneralSecurityException;

/** A private P-256 key, wherever it lives. */
public interface Signer {
    /** The key that verifies what this signs. */
    P256Key publicKey();

    /**
     * Signs SHA-256 of the message.
     *
     * @return an ECDSA signature in DER
     * @throws GeneralSecurityException if the key cannot be used now
     */
    byte[] sign(byte[] message) throws GeneralSecurityException;
}
