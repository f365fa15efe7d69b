package dev.quorate.cli.coordinator;

/** Marks, as a cause, a refusal that may go away when the coordinator is asked again. */
final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreachableException() {
        super("not now", null, false, false);
    }
}
