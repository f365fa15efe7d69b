package dev.quorate.agent.work;

import java.io.IOException;
import java.io.Serial;

/** A download ended before the file did. */
final class BrokenOffException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    BrokenOffException(String message, Throwable cause) {
        super(message, cause);
    }
}
