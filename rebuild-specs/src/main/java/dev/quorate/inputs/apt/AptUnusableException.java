package dev.quorate.inputs.apt;

/** apt on this machine cannot serve a suite; the message says why and what to do. */
public final class AptUnusableException extends Exception {
    private static final long serialVersionUID = 1;

    AptUnusableException(String message) {
        super(message);
    }

    AptUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
