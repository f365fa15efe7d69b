package dev.quorate.coordinator.store;

import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;

/**
 * A host that proved that its attestation key and its endorsement key are in one TPM.
 *
 * @param host SHA-256 of the endorsement public key
 * @param endorsement certificate, DER
 * @param attestation TPMT_PUBLIC
 */
public record EnrolledHost(BuilderId builder, Sha256 host, byte[] endorsement, byte[] attestation) {
    public EnrolledHost {
        endorsement = endorsement.clone();
        attestation = attestation.clone();
    }

    @Override
    public byte[] endorsement() {
        return endorsement.clone();
    }

    @Override
    public byte[] attestation() {
        return attestation.clone();
    }
}
