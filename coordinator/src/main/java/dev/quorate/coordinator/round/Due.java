package dev.quorate.coordinator.round;

/** What a round waits for the coordinator itself to do. */
public enum Due {
    /** Nothing. */
    NOTHING,
    /** Count the votes. */
    COUNT,
    /** Count the votes again as of the instant of the last count, under the trust root of now. */
    RECOUNT,
    /** Sign the certificate of the count and log it. */
    CERTIFY
}
