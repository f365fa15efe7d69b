package dev.quorate.cli;

/** How a command ended that was able to do its work. */
public enum Ending {
    /** It did what it was asked for, and any verdict is positive. */
    POSITIVE,
    /** The verdict is negative. */
    NEGATIVE,
    /** There is no verdict yet. */
    UNDECIDED,
    /** Some of its input could not be used; the answer says what of it, and what was found in the rest. */
    BAD_INPUT
}
