package dev.quorate.host;

/** What becomes of a builder in the next round that asks for attested hosts. The names are shown. */
public enum HostReadiness {
    /** It gets work. */
    ADMITTED,
    /** It was admitted, and its certificate has ended. */
    EXPIRED,
    /** It was started again, and has to show itself anew. */
    RESTARTED,
    /** It showed another state than the trust root allows, or is no longer named. */
    LOST,
    /** The trust root names hosts for it, and none has shown itself. */
    UNSEEN,
    /** The trust root names none. */
    NONE
}
