package dev.quorate.coordinator.round;

/** What an event makes of a round. */
public record Step(RoundState state, Answer answer) {}
