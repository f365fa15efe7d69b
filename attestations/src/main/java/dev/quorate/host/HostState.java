package dev.quorate.host;

/** How a host stands with a coordinator. The names are stored, signed and shown. */
public enum HostState {
    /** It showed that it is in a state that the trust root allows. */
    ADMITTED,
    /** It was started again since it was admitted, and has to show itself anew. */
    RESTARTED,
    /** It showed another state than the trust root allows. */
    LOST
}
