package dev.quorate.tally;

/** What a round came to. */
public enum Verdict {
    /** A quorum reproduced one output set. */
    CERTIFIED,
    /** Results differ: two groups, or dissent that the policy lets block. */
    CONTESTED,
    /** The build failed everywhere. */
    FAILED,
    /** No quorum, and no more votes can come. */
    INSUFFICIENT,
    /** Votes that could decide it are still outstanding. */
    PENDING
}
