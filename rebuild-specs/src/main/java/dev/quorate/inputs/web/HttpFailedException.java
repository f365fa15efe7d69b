package dev.quorate.inputs.web;

/** A web server did not give a file; the message is one clause. */
public final class HttpFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    HttpFailedException(int status) {
        super("the server answered " + status);
        this.status = status;
    }

    HttpFailedException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    HttpFailedException(String message) {
        super(message);
        this.status = 0;
    }

    /** Whether the server was reached and does not have the file. */
    public boolean isAbsent() {
        return status == 404 || status == 410;
    }
}
