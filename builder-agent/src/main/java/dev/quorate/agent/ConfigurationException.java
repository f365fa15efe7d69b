package dev.quorate.agent;

import java.io.Serial;

/** This agent cannot start as it is configured. The message is one sentence with the place and the remedy. */
public final class ConfigurationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** A problem that whoever configured the agent can solve. */
    public ConfigurationException(String message) {
        super(message);
    }
}
