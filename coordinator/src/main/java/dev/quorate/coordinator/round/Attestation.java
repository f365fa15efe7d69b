package dev.quorate.coordinator.round;

import dev.quorate.dsse.P256Key;

/**
 * Evidence of a builder's host that was logged.
 *
 * @param key that it is about, and that signed it
 */
public record Attestation(Filed evidence, P256Key key, Standing standing) {
    /** What it was judged to be when it came. The names are stored. */
    public enum Standing {
        /** Its key may speak for the builder in this round. */
        GOOD,
        /** It was refused; the builder's host has no further part in this round. */
        REFUSED
    }
}
