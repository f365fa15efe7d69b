package dev.quorate.trust;

import dev.quorate.digest.Sha256;

/**
 * Which machine a host is, whoever runs it and whatever runs on it.
 *
 * @param sha256 of the endorsement public key's SubjectPublicKeyInfo, or of an AMD processor's chip id
 */
public record HostId(Sha256 sha256) {
    @Override
    public String toString() {
        return sha256.hex();
    }
}
