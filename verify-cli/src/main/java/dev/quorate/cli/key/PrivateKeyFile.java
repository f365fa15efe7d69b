package dev.quorate.cli.key;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.WrittenFile;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** A P-256 private key in a file. */
public final class PrivateKeyFile {
    private static final int MAX_BYTES = 16 * 1024;
    private static final String LABEL = "PRIVATE KEY";

    private PrivateKeyFile() {}

    /** Makes a key pair: the private key at the path, the public one beside it with {@code .pub} at the end. */
    public static P256Key create(Path path) throws RefusedException {
        KeyPair pair = KeyPairSigner.generate();
        P256Key key = P256Key.of(pair.getPublic());
        WrittenFile.createSecret(path, Pem.write(LABEL, pair.getPrivate().getEncoded()));
        WrittenFile.create(
                path.resolveSibling(path.getFileName() + ".pub"), key.pem().getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /** Reads a key to sign with. */
    public static Signer read(GivenFile file) throws RefusedException {
        byte[] der = Pem.read(file.bytes(MAX_BYTES), LABEL)
                .orElseThrow(
                        () -> new RefusedException(
                                file.printable()
                                        + ": is not an unencrypted PKCS#8 private key in PEM; make one with: quorate trust key -o FILE"));
        try {
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            return new KeyPairSigner(new KeyPair(PublicHalf.of((ECPrivateKey) key), key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new RefusedException(file.printable() + ": is not a private key on P-256", e);
        }
    }
}
