package dev.quorate.cli.key;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.key.Pem;
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

/** An Ed25519 private key in a file. */
public final class Ed25519KeyFile {
    private static final int MAX_BYTES = 16 * 1024;
    private static final String REMEDY = "; make one with: openssl genpkey -algorithm ed25519 -out FILE";

    private Ed25519KeyFile() {}

    /** Reads a key pair; the file holds the private half, as {@code openssl genpkey} writes it. */
    public static KeyPair read(GivenFile file) throws RefusedException {
        byte[] der = der(file);
        try {
            var key = (EdECPrivateKey) KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
            return pair(key.getBytes().orElseThrow());
        } catch (GeneralSecurityException e) {
            throw new RefusedException(file.printable() + ": is not an Ed25519 private key" + REMEDY, e);
        }
    }

    private static byte[] der(GivenFile file) throws RefusedException {
        String problem = file.printable() + ": is not an unencrypted PKCS#8 private key in PEM" + REMEDY;
        try {
            List<byte[]> objects = Pem.read(file.bytes(MAX_BYTES), "PRIVATE KEY");
            if (!objects.isEmpty()) {
                return objects.getFirst();
            }
        } catch (IllegalArgumentException e) {
            throw new RefusedException(problem, e);
        }
        throw new RefusedException(problem);
    }

    /** The JDK has no other way to the public half: its generator makes the pair of the 32 bytes that it is given. */
    private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
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
