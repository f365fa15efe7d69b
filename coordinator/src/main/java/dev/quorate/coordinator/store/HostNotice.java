package dev.quorate.coordinator.store;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import java.util.Optional;

/**
 * A change of a host's standing, signed, with what shows it.
 *
 * @param notice by the certifier
 * @param evidence that a round does not have anyway
 */
public record HostNotice(Envelope notice, Optional<Shown> evidence) {
    /**
     * Evidence as it came.
     *
     * @param key that it is about, and that signed it
     */
    public record Shown(Envelope envelope, P256Key key) {}
}
