package dev.quorate.agent.protocol;

import java.io.Serial;

/** The coordinator did not do what it was asked. The message is one sentence, safe to print. */
public abstract sealed class CoordinatorException extends Exception
        permits UnreachableException, LeaseLostException, RefusedException {
    @Serial
    private static final long serialVersionUID = 1;

    CoordinatorException(String message) {
        super(message);
    }

    CoordinatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
