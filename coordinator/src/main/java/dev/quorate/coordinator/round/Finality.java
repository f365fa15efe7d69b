package dev.quorate.coordinator.round;

/** Whether a proof is a builder's last word. */
public enum Finality {
    /** A result, or a failure that is a vote. */
    FINAL,
    /** The machine or an input failed: worth another try. */
    RETRYABLE
}
