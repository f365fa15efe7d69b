package dev.quorate.agent.protocol;

import java.io.Serial;

/** The coordinator will not do it, however often it is asked. */
public final class RefusedException extends CoordinatorException {
    @Serial
    private static final long serialVersionUID = 1;

    /** With what the coordinator said. */
    public RefusedException(String message) {
        super(message);
    }
}
