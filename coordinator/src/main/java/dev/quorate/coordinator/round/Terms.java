package dev.quorate.coordinator.round;

import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.spec.SpecDigest;
import java.time.Duration;
import java.util.List;

/**
 * What is fixed when a round opens.
 *
 * @param builders the enrolled set
 * @param threshold commitments without which the commit deadline ends the round
 * @param lease how long a lease lasts without a heartbeat
 * @param commitWithin from the opening to the commit deadline
 * @param revealWithin from the beginning of revealing to the reveal deadline
 */
public record Terms(
        RoundId round,
        SpecDigest spec,
        List<BuilderId> builders,
        int threshold,
        Duration lease,
        Duration commitWithin,
        Duration revealWithin) {
    public Terms {
        builders = builders.stream().sorted().distinct().toList();
        if (builders.size() < threshold || threshold < 1) {
            throw new IllegalArgumentException("a round enrols at least as many builders as its threshold");
        }
    }
}
