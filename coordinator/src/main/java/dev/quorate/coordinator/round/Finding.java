package dev.quorate.coordinator.round;

/** What a later trust root leaves of a count. The names are stored. */
public enum Finding {
    /** The count gives the same, and so the certificate stands. */
    STANDS,
    /** It gives something else, which is to be counted and certified. */
    RECOUNTED,
    /** The certificate itself, or the key that signed it, does not count. */
    VOID
}
