package dev.quorate.agent.identity;

import dev.quorate.dsse.DelegatedSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.key.FileKey;
import dev.quorate.key.OpenKey;
import dev.quorate.key.UnusableKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The builder's signing key in a file. */
public final class SigningKey {
    private SigningKey() {}

    /**
     * Reads the key.
     *
     * @throws UnusableFileException if it is not there, not a P-256 key, or readable by others
     */
    public static Signer read(Path file) throws UnusableFileException {
        try {
            OpenKey key = new FileKey(file).open();
            return new DelegatedSigner(key.publicKey(), key::sign);
        } catch (UnusableKeyException e) {
            throw new UnusableFileException(e);
        }
    }

    /** Reads the key, or makes it where there is none. */
    public static Signer readOrMake(Path file) throws UnusableFileException, IOException {
        if (Files.notExists(file)) {
            new FileKey(file).make();
        }
        return read(file);
    }
}
