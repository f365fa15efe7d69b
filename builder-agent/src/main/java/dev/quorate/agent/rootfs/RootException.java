package dev.quorate.agent.rootfs;

/** No root file system can be had. The message is one sentence for a person. */
public final class RootException extends Exception {
    private static final long serialVersionUID = 1;

    /** Whose fault it is. */
    public enum Cause {
        /** The lock's: every builder would fail. */
        LOCK,
        /** This machine's. */
        MACHINE
    }

    private final Cause fault;

    RootException(Cause fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** Whose fault it is. */
    public Cause fault() {
        return fault;
    }
}
