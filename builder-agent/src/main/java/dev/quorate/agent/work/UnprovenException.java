package dev.quorate.agent.work;

import java.io.Serial;

/** A claim of the coordinator that did not stand up to the trust root. The message is one clause, safe to print. */
final class UnprovenException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    UnprovenException(String message) {
        super(message);
    }
}
