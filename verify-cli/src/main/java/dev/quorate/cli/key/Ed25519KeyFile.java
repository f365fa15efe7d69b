package dev.quorate.cli.key;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.key.Ed25519Pair;
import dev.quorate.key.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
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
            return Ed25519Pair.of(der);
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
}
