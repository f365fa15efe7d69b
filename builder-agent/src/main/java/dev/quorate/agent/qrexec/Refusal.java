package dev.quorate.agent.qrexec;

/** Why one side takes nothing more from the other. The names appear in diagnostics. */
enum Refusal {
    /** The stream ended before what it announced. */
    CUT_OFF,
    /** Not this protocol, or not its form. */
    MALFORMED,
    /** A length beyond its limit. */
    TOO_LONG,
    /** No pinned key has signed it. */
    NOT_SIGNED,
    /** The request is for another builder than its key or the service's argument belongs to. */
    OTHER_BUILDER,
    /** The request was issued too long ago, or in the future. */
    STALE,
    /** The request has been answered before. */
    REPLAYED,
    /** The answer is to another request. */
    OTHER_REQUEST,
    /** A sealed frame does not open: changed, left out, repeated, or from elsewhere. */
    SEAL_BROKEN,
    /** A file has other bytes than were announced. */
    OTHER_BYTES,
    /** Something follows where nothing may. */
    TRAILING_BYTES,
    /** More or larger files than the spec allows. */
    BEYOND_LIMIT
}
