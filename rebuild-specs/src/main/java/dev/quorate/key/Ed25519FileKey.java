package dev.quorate.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** An Ed25519 key in a file, for what must be signed with one. */
public record Ed25519FileKey(Path path) {
    private static final int MAX_BYTES = 16 * 1024;
    private static final String LABEL = "PRIVATE KEY";
    private static final String ALGORITHM = "Ed25519";

    /** Makes a key there, and the directory that it is in. Whatever is there is replaced. */
    public void make() throws IOException {
        try {
            byte[] pkcs8 = KeyPairGenerator.getInstance(ALGORITHM)
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            file().write(Pem.write(LABEL, pkcs8).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * The key.
     *
     * @throws UnusableKeyException if there is none that can be used, or others can read it
     */
    public KeyPair pair() throws UnusableKeyException {
        PrivateFile file = file();
        try {
            List<byte[]> objects = Pem.read(file.bytes(MAX_BYTES), LABEL);
            if (objects.isEmpty()) {
                throw file.refused("is not an unencrypted PKCS#8 private key in PEM");
            }
            file.refuseIfShared();
            var spec = new PKCS8EncodedKeySpec(objects.getFirst());
            var key = (EdECPrivateKey) KeyFactory.getInstance(ALGORITHM).generatePrivate(spec);
            return pair(key.getBytes().orElseThrow());
        } catch (UnusableKeyException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw file.refused("is not an Ed25519 private key");
        }
    }

    private PrivateFile file() {
        return new PrivateFile(path.toString(), path);
    }

    /** The JDK has no other way to the public half: its generator makes the pair of the 32 bytes that it is given. */
    private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
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
