package dev.quorate.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Both halves of an Ed25519 key (RFC 8032) out of the private one, which is all that a file holds. */
public final class Ed25519Pair {
    private static final String ALGORITHM = "Ed25519";

    private Ed25519Pair() {}

    /**
     * The pair of an unencrypted PKCS#8 private key.
     *
     * @throws GeneralSecurityException if it is no Ed25519 private key
     */
    public static KeyPair of(byte[] pkcs8) throws GeneralSecurityException {
        var key = (EdECPrivateKey) KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] seed = key.getBytes().orElseThrow();
        // The JDK has no other way to the public half: its generator makes the pair of the 32 bytes that it is given.
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(made, seed)) {
            throw new GeneralSecurityException("this JDK makes Ed25519 keys in another way");
        }
        return pair;
    }

    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] out) {
            System.arraycopy(bytes, 0, out, 0, out.length);
        }
    }
}
