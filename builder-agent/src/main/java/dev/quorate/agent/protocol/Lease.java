package dev.quorate.agent.protocol;

import dev.quorate.round.RoundId;

/** The right to work on one round, as long as nobody has a later token. */
public record Lease(RoundId round, LeaseToken token) {}
