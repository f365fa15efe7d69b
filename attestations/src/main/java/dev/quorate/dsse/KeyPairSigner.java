package dev.quorate.dsse;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** Signs with a private key in memory. */
public final class KeyPairSigner implements Signer {
    private final PrivateKey privateKey;
    private final P256Key publicKey;

    /** Uses a key pair on P-256. */
    public KeyPairSigner(KeyPair pair) {
        this.privateKey = pair.getPrivate();
        this.publicKey = P256Key.of(pair.getPublic());
    }

    /** A new random key pair on P-256. */
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    @Override
    public P256Key publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(message);
        return signature.sign();
    }
}
