package dev.quorate.inputs.process;

import dev.quorate.json.Printable;
import java.io.IOException;

/** A program that did not end well. */
public final class CommandFailedException extends IOException {
    private static final long serialVersionUID = 1;

    private final String output;
    private final String errors;

    CommandFailedException(String message) {
        super(message);
        this.output = "";
        this.errors = "";
    }

    CommandFailedException(String program, int status, String errors) {
        super(program + " ended with status " + status + ": " + Printable.of(lastLine(errors)));
        this.output = "";
        this.errors = errors;
    }

    private CommandFailedException(CommandFailedException cause, String output) {
        super(cause.getMessage(), cause);
        this.output = output;
        this.errors = cause.errors;
    }

    CommandFailedException withOutput(String text) {
        return new CommandFailedException(this, text);
    }

    /** What it wrote to its standard output before it failed, if that was read as text; not safe to print as it is. */
    public String output() {
        return output;
    }

    /** The end of what it wrote to its standard error; not safe to print as it is. */
    public String errors() {
        return errors;
    }

    private static String lastLine(String text) {
        String stripped = text.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }
}
