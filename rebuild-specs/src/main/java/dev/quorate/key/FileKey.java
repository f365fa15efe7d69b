package dev.quorate.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** A key in a file. */
public record FileKey(String name, Path path) implements KeyReference {
    private static final int MAX_BYTES = 16 * 1024;
    private static final String LABEL = "PRIVATE KEY";

    /** A file that messages call by its path. */
    public FileKey(Path path) {
        this(path.toString(), path);
    }

    /** A key that was made in memory, as such a file has it. */
    public static String pem(KeyPair pair) {
        return Pem.write(LABEL, pair.getPrivate().getEncoded());
    }

    /** Makes a key there, and the directory that it is in. Whatever is there is replaced. */
    public void make() throws IOException {
        new PrivateFile(name, path).write(pem(P256.generate()).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public OpenKey open() throws UnusableKeyException {
        KeyPair pair = pair();
        return new KeyInMemory(name, (ECPublicKey) pair.getPublic(), pair.getPrivate());
    }

    /**
     * The key itself, for those who need more than signatures.
     *
     * @throws UnusableKeyException if there is none that can be used
     */
    public KeyPair pair() throws UnusableKeyException {
        var file = new PrivateFile(name, path);
        ECPrivateKey key = read(file);
        file.refuseIfShared();
        try {
            if (P256.holds(key)) {
                return new KeyPair(P256.publicHalf(key), key);
            }
        } catch (GeneralSecurityException e) {
            throw file.refused("is not a private key on P-256");
        }
        throw file.refused("is not a private key on P-256");
    }

    private static ECPrivateKey read(PrivateFile file) throws UnusableKeyException {
        try {
            List<byte[]> objects = Pem.read(file.bytes(MAX_BYTES), LABEL);
            if (!objects.isEmpty()) {
                var spec = new PKCS8EncodedKeySpec(objects.getFirst());
                return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
            }
        } catch (IllegalArgumentException e) {
            throw file.refused("holds a damaged " + LABEL + "; restore it from a copy");
        } catch (UnusableKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw file.refused("is not a private key on P-256");
        }
        throw file.refused("is not an unencrypted PKCS#8 private key in PEM; make one with: quorate trust key -o FILE");
    }
}
