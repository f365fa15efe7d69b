package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.schedule.Scheduler;
import dev.quorate.dsse.Signer;
import dev.quorate.policy.Policy;
import dev.quorate.trust.SignedTrust;
import java.time.Duration;

/**
 * What one coordinator's rounds are conducted by.
 *
 * @param name the certifier's
 * @param signer its key
 * @param trust verified
 * @param builders how many a round enrols
 */
public record Setup(
        String name,
        Signer signer,
        SignedTrust trust,
        Policy policy,
        int builders,
        Duration lease,
        Duration commitWithin,
        Duration revealWithin) {
    Scheduler scheduler() {
        return new Scheduler(builders, policy);
    }
}
