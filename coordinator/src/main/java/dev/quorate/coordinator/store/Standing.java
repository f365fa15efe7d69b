package dev.quorate.coordinator.store;

import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import java.time.Instant;

/**
 * What a builder's newest evidence was found to be.
 *
 * @param host what it says the host is, in hexadecimal; empty if it does not say
 * @param assurance that it gives; {@code NONE} if it was refused
 * @param refusal why it was refused; empty if it was not
 */
public record Standing(BuilderId builder, String host, Assurance assurance, String refusal, Instant at) {
    /** Whether the evidence was not accepted. */
    public boolean isRefused() {
        return !refusal.isEmpty();
    }
}
