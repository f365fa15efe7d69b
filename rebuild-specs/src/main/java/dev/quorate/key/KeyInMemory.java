package dev.quorate.key;

import dev.quorate.json.Printable;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;

/** A key that is in memory. */
record KeyInMemory(String name, ECPublicKey publicKey, PrivateKey privateKey) implements OpenKey {
    @Override
    public byte[] sign(byte[] message) throws UnusableKeyException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException(Printable.of(name) + ": cannot sign", e);
        }
    }

    /** Says nothing of the private half. */
    @Override
    public String toString() {
        return name;
    }
}
