package dev.quorate.agent.sandbox;

/** Which network a sandbox sees. */
public enum Network {
    /** A loopback device of its own. */
    NONE,
    /** This machine's, for trial runs that find out what a build fetches. */
    MACHINE
}
