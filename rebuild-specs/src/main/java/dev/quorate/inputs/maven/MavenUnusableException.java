package dev.quorate.inputs.maven;

/** This machine's Maven configuration names no repository; the message says what to do. */
public final class MavenUnusableException extends Exception {
    private static final long serialVersionUID = 1;

    MavenUnusableException(String message) {
        super(message);
    }

    MavenUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
