package dev.quorate.coordinator.store;

/** Another standing of a builder's host, and what is signed of it: kept together, or not at all. */
public record StandingChange(Standing standing, HostNotice notice) {}
