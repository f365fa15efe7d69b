package dev.quorate.coordinator.config;

/** The coordinator cannot start as it is set up. The message is one sentence with the place and the remedy. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    /** Something that the operator has to change. */
    public ConfigException(String message) {
        super(message);
    }

    /** Likewise, found through another failure. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
