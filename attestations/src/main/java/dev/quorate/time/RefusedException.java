package dev.quorate.time;

/** A token is not good; the message goes on after "a time-stamping token". */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final TokenRefusal reason;

    RefusedException(TokenRefusal reason, String problem) {
        super(problem, null, false, false);
        this.reason = reason;
    }

    TokenRefusal reason() {
        return reason;
    }
}
