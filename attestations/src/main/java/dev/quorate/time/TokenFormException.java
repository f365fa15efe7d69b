package dev.quorate.time;

/** A token has not its form; the message goes on after "a token". */
final class TokenFormException extends Exception {
    private static final long serialVersionUID = 1;

    TokenFormException(String problem) {
        super(problem, null, false, false);
    }
}
