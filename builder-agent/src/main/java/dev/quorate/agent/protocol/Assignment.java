package dev.quorate.agent.protocol;

import dev.quorate.dsse.Envelope;
import java.time.Duration;

/**
 * Work that was leased to this builder.
 *
 * @param phase what the coordinator waits for
 * @param remaining how long the lease lasts from now without a heartbeat
 * @param opening the round's opening, which nobody has verified yet
 */
public record Assignment(Lease lease, Phase phase, Duration remaining, Envelope opening) {
    /** What the coordinator waits for. */
    public enum Phase {
        /** A commitment. */
        BUILD,
        /** A proof. */
        REVEAL
    }
}
