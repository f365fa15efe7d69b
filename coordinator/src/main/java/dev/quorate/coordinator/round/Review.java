package dev.quorate.coordinator.round;

import dev.quorate.tally.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A count that was looked at again under a later trust root.
 *
 * @param trust the trust root's version
 * @param standing what is left of the count
 * @param before verdict until then
 * @param after verdict from then on
 * @param reason what of the trust root touched it
 * @param certificate the certificate that was looked at
 * @param outcome where the log has the signed outcome
 */
public record Review(
        Instant at,
        int trust,
        Finding standing,
        Verdict before,
        Verdict after,
        String reason,
        Optional<Filed> certificate,
        Filed outcome) {
    /** Whether it took a certificate away. */
    public boolean isWithdrawal() {
        return before == Verdict.CERTIFIED && after != Verdict.CERTIFIED;
    }
}
