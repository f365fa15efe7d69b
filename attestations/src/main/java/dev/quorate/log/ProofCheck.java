package dev.quorate.log;

/** What came of checking a Merkle proof. Only {@link #PROVEN} proves anything. */
public enum ProofCheck {
    /** The proof holds. */
    PROVEN,
    /** The tree has no such entry, or the older tree is the larger one. */
    OUT_OF_RANGE,
    /** A proof between these places has another number of hashes. */
    WRONG_LENGTH,
    /** The hashes do not lead to the (newer) root: the proof is worthless, and says nothing about the log. */
    WRONG_ROOT,
    /** The hashes lead to the newer root but not to the older one: the newer tree does not extend the older. */
    WRONG_OLD_ROOT;

    /** Whether the proof holds. */
    public boolean isProven() {
        return this == PROVEN;
    }
}
