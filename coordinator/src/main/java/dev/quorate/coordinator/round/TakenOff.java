package dev.quorate.coordinator.round;

import dev.quorate.digest.Sha256;
import java.util.Optional;

/**
 * Why a builder has no further part in a round.
 *
 * @param reason for people
 * @param notice envelope digest of the notice that its host was lost, if that is why
 */
public record TakenOff(String reason, Optional<Sha256> notice) {
    /** For a reason that no notice tells. */
    public static TakenOff because(String reason) {
        return new TakenOff(reason, Optional.empty());
    }
}
