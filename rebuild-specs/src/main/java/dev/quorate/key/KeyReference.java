package dev.quorate.key;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a private key is. Its text names no secret. */
public sealed interface KeyReference permits FileKey, TokenKey, TpmKey {
    /**
     * Reads a reference; the package describes them.
     *
     * @param directory where relative paths begin
     * @throws IllegalArgumentException with a sentence's end if it has another form
     */
    static KeyReference parse(String text, Path directory) {
        if (text.startsWith(TokenKey.SCHEME)) {
            return TokenKey.parse(text, directory);
        }
        return text.startsWith(TpmKey.SCHEME)
                ? new TpmKey(text, path(text.substring(TpmKey.SCHEME.length()), directory))
                : new FileKey(text, path(text, directory));
    }

    /**
     * Opens the key; a token is logged in to.
     *
     * @throws UnusableKeyException if it is not there or cannot be used
     */
    OpenKey open() throws UnusableKeyException;

    /** As it was written. */
    String name();

    /** A path that is part of a reference. */
    static Path path(String text, Path directory) {
        try {
            if (!text.isEmpty()) {
                return directory.resolve(text).normalize();
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path without a NUL character", e);
        }
        throw new IllegalArgumentException("must name a file");
    }
}
