package dev.quorate.log;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;

/** Signs with an Ed25519 key that the JDK holds. */
public final class Ed25519NoteSigner implements NoteSigner {
    private final NoteKey key;
    private final PrivateKey secret;

    /** A signer whose private key belongs to the given one. */
    public Ed25519NoteSigner(NoteKey key, PrivateKey secret) {
        this.key = key;
        this.secret = secret;
    }

    /** A signer under a name. */
    public static Ed25519NoteSigner of(KeyName name, NoteAlgorithm algorithm, KeyPair pair) {
        return new Ed25519NoteSigner(
                new NoteKey(name, algorithm, Ed25519PublicKey.of(pair.getPublic())), pair.getPrivate());
    }

    @Override
    public NoteKey key() {
        return key;
    }

    @Override
    public byte[] sign(byte[] message) throws SignatureException {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (SignatureException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new SignatureException("the key " + key.name() + " cannot sign", e);
        }
    }
}
