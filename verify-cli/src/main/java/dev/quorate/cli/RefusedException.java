package dev.quorate.cli;

/** Wrong usage, configuration or input; the message is one sentence that names the thing and the remedy. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Refuses for a reason that a person can act on. */
    public RefusedException(String sentence) {
        super(sentence);
    }

    /** Refuses because of something that is known. */
    public RefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
