package dev.quorate.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;

/** A key that its token signs with. */
record KeyOnToken(String name, ECPublicKey publicKey, PrivateKey privateKey, Provider provider) implements OpenKey {
    @Override
    public byte[] sign(byte[] message) throws UnusableKeyException {
        byte[] signed;
        boolean good;
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            signature.initSign(privateKey);
            signature.update(message);
            signed = signature.sign();
            good = P256.verifies(publicKey, message, signed);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new UnusableKeyException(name + ": the token does not sign: " + TokenStore.reason(e), e);
        }
        if (!good) {
            throw new UnusableKeyException(name + ": the token signs with another key than its certificate's");
        }
        return signed;
    }

    /** A provider would print all of its configuration. */
    @Override
    public String toString() {
        return name;
    }
}
