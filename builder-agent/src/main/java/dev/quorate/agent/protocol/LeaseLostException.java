package dev.quorate.agent.protocol;

import java.io.Serial;

/** The lease's token is dead: the assignment was leased again. What was done under it is to be stopped. */
public final class LeaseLostException extends CoordinatorException {
    @Serial
    private static final long serialVersionUID = 1;

    /** With what the coordinator said. */
    public LeaseLostException(String message) {
        super(message);
    }
}
