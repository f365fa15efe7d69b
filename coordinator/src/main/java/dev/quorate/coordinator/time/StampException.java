package dev.quorate.coordinator.time;

/** An authority gave no token that can be used; the message is one sentence, safe to print. */
public final class StampException extends Exception {
    private static final long serialVersionUID = 1;

    StampException(String message) {
        super(message);
    }

    StampException(String message, Throwable cause) {
        super(message, cause);
    }
}
