package dev.quorate.coordinator.desk;

import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;
import java.util.Optional;

/**
 * A builder, as its client certificate shows it.
 *
 * @param certificate SHA-256 of the certificate, if it is one that this coordinator issued to a host
 */
public record Asker(BuilderId builder, Optional<Sha256> certificate) {}
