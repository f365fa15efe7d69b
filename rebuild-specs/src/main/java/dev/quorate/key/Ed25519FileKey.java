package dev.quorate.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;

/** An Ed25519 key in a file, for what must be signed with one. */
public record Ed25519FileKey(Path path) {
    private static final int MAX_BYTES = 16 * 1024;
    private static final String LABEL = "PRIVATE KEY";

    /** Makes a key there, and the directory that it is in. Whatever is there is replaced. */
    public void make() throws IOException {
        try {
            byte[] pkcs8 = KeyPairGenerator.getInstance("Ed25519")
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
            return Ed25519Pair.of(objects.getFirst());
        } catch (UnusableKeyException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw file.refused("is not an Ed25519 private key");
        }
    }

    private PrivateFile file() {
        return new PrivateFile(path.toString(), path);
    }
}
