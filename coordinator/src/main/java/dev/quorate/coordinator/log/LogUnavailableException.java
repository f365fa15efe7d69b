package dev.quorate.coordinator.log;

/** The log takes no entries now: it is in use, closed, or its disk failed. The message is one sentence for a person. */
public final class LogUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    LogUnavailableException(String message) {
        super(message);
    }

    LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
