package dev.quorate.agent.identity;

import dev.quorate.key.UnusableKeyException;
import java.io.Serial;
import java.nio.file.Path;

/** A key or certificate file that this agent cannot use. The message names the file, what is wrong, and the remedy. */
public final class UnusableFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    UnusableFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    UnusableFileException(UnusableKeyException key) {
        super(key.getMessage(), key);
    }
}
