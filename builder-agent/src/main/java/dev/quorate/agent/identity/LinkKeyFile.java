package dev.quorate.agent.identity;

import dev.quorate.export.Functionary;
import dev.quorate.key.Ed25519FileKey;
import dev.quorate.key.UnusableKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The Ed25519 key with which a builder signs in-toto links, in a file; a builder may do without one. */
public final class LinkKeyFile {
    private LinkKeyFile() {}

    /**
     * Reads the key; empty where there is no file.
     *
     * @throws UnusableFileException if it is not an Ed25519 key, or readable by others
     */
    public static Optional<Functionary> read(Path file) throws UnusableFileException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Functionary(new Ed25519FileKey(file).pair()));
        } catch (UnusableKeyException e) {
            throw new UnusableFileException(e);
        }
    }

    /** Reads the key, or makes it where there is none. */
    public static Functionary readOrMake(Path file) throws UnusableFileException, IOException {
        if (Files.notExists(file)) {
            new Ed25519FileKey(file).make();
        }
        return read(file).orElseThrow();
    }
}
