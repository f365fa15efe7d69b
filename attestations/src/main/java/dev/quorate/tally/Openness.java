package dev.quorate.tally;

/** Whether votes can still come. */
public enum Openness {
    /** Builders that have not revealed may yet do so. */
    OPEN,
    /** The round has ended; who was silent stays silent. */
    CLOSED
}
