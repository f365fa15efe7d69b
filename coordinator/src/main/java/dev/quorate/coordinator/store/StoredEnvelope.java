package dev.quorate.coordinator.store;

import dev.quorate.dsse.Envelope;
import java.util.OptionalLong;

/**
 * An envelope that was verified before it was stored.
 *
 * @param index in the log; absent for submissions
 */
public record StoredEnvelope(EnvelopeKind kind, OptionalLong index, Envelope envelope) {}
