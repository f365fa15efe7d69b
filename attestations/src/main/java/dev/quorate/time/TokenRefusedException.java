package dev.quorate.time;

/** A time-stamping authority was asked and gave no token; the message is not safe to print as it is. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    TokenRefusedException(String problem) {
        super(problem);
    }
}
