package dev.quorate.dsse;

import java.security.GeneralSecurityException;
import java.security.PublicKey;

/** A key that lives elsewhere: its public half, and what signs with the private one. */
public record DelegatedSigner(P256Key publicKey, Signing signing) implements Signer {
    /** Signs SHA-256 of a message, as {@link Signer#sign} has it. */
    public interface Signing {
        /** An ECDSA signature in DER. */
        byte[] sign(byte[] message) throws GeneralSecurityException;
    }

    /**
     * Takes a key of the JDK.
     *
     * @throws IllegalArgumentException unless it is on P-256
     */
    public DelegatedSigner(PublicKey publicKey, Signing signing) {
        this(P256Key.of(publicKey), signing);
    }

    @Override
    public byte[] sign(byte[] message) throws GeneralSecurityException {
        return signing.sign(message);
    }
}
