package dev.quorate.time;

/** Why a token is not good. */
public enum TokenRefusal {
    /** It has not its form. */
    MALFORMED,
    /** It is about something else than the signature. */
    OTHER_SUBJECT,
    /** It claims to be an authority's and is not, or the authority's certificates did not hold at its time. */
    NOT_SIGNED
}
