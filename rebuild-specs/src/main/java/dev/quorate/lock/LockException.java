package dev.quorate.lock;

/** A spec that cannot be locked; the message says what is missing and what to do. */
public final class LockException extends Exception {
    private static final long serialVersionUID = 1;

    /** One clear sentence. */
    public LockException(String message) {
        super(message);
    }

    /** One clear sentence about something that went wrong below. */
    public LockException(String message, Throwable cause) {
        super(message, cause);
    }
}
