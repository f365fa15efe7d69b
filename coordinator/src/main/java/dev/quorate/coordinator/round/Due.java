package dev.quorate.coordinator.round;

/** What a round waits for the coordinator itself to do. */
public enum Due {
    /** Nothing. */
    NOTHING,
    /** Count the votes. */
    COUNT,
    /** Sign the certificate of the count and log it. */
    CERTIFY
}
