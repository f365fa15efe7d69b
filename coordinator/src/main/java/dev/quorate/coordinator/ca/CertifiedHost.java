package dev.quorate.coordinator.ca;

import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;

/**
 * What a certificate of ours says about its key.
 *
 * @param operator of the builder, as the trust root had it
 * @param zone of the builder, likewise
 * @param host SHA-256 of the host's endorsement public key
 * @param evidence digest of the envelope that was judged
 */
public record CertifiedHost(BuilderId builder, String operator, String zone, Sha256 host, Sha256 evidence) {}
