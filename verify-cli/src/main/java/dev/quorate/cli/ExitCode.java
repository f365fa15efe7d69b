package dev.quorate.cli;

/** What a process says when it ends. The numbers are a contract. */
public enum ExitCode {
    /** A positive verdict, or a command that did what it was asked for. */
    OK(0),
    /** A negative verdict. */
    NEGATIVE(1),
    /** Wrong usage, configuration or input. */
    USAGE(2),
    /** Pending, or waited long enough. */
    UNDECIDED(3),
    /** A defect of Quorate or of the machine. */
    INTERNAL(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The number that the shell sees. */
    public int number() {
        return number;
    }
}
