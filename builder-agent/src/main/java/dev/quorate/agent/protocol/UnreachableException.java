package dev.quorate.agent.protocol;

import java.io.Serial;

/** The coordinator cannot be reached or has no time now; the same request may succeed later. */
public final class UnreachableException extends CoordinatorException {
    @Serial
    private static final long serialVersionUID = 1;

    /** With what went wrong. */
    public UnreachableException(String message) {
        super(message);
    }

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
