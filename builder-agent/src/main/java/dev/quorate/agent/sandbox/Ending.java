package dev.quorate.agent.sandbox;

/** How a sandbox came to its end. */
public sealed interface Ending {
    /** The command ended by itself, zero meaning success, 128 and more a signal. */
    record Exited(int status) implements Ending {}

    /** A limit was reached and everything was killed. */
    record LimitReached(String detail) implements Ending {}

    /** This machine failed: the sandbox could not be set up, or the machine's own disk ran low. */
    record MachineFailed(String detail) implements Ending {}
}
