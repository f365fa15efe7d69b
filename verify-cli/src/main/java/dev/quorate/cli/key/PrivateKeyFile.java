package dev.quorate.cli.key;

import dev.quorate.cli.RefusedException;
import dev.quorate.cli.WrittenFile;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.key.FileKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;

/** A P-256 private key in a new file. */
public final class PrivateKeyFile {
    private PrivateKeyFile() {}

    /** Makes a key pair: the private key at the path, the public one beside it with {@code .pub} at the end. */
    public static P256Key create(Path path) throws RefusedException {
        KeyPair pair = KeyPairSigner.generate();
        P256Key key = P256Key.of(pair.getPublic());
        WrittenFile.createSecret(path, FileKey.pem(pair).getBytes(StandardCharsets.US_ASCII));
        writePublic(path, key);
        return key;
    }

    /** The public half beside a private one. */
    public static void writePublic(Path path, P256Key key) throws RefusedException {
        WrittenFile.create(
                path.resolveSibling(path.getFileName() + ".pub"), key.pem().getBytes(StandardCharsets.US_ASCII));
    }
}
