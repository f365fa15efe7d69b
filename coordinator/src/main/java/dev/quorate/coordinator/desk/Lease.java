package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.dsse.Envelope;
import dev.quorate.round.RoundId;

/** Work for a builder. */
public record Lease(RoundId round, Answer.Granted granted, Envelope opening) {}
