package dev.quorate.coordinator.schedule;

import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * A builder that may be enrolled, and what is known about it now.
 *
 * @param lastSeen when it last asked for work for the platform, if it has
 * @param load assignments that it has in open rounds
 */
public record Candidate(TrustedBuilder builder, Optional<Instant> lastSeen, int load) {}
