package dev.quorate.coordinator.store;

import java.util.OptionalLong;

/**
 * A notice as it is kept.
 *
 * @param number of the change, counted over all builders
 * @param index where the log has it; empty until it has
 */
public record KeptNotice(long number, HostNotice notice, OptionalLong index) {}
