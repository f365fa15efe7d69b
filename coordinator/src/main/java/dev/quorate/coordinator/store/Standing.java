package dev.quorate.coordinator.store;

import dev.quorate.digest.Sha256;
import dev.quorate.host.HostState;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a builder's host last showed of itself.
 *
 * @param host which machine it was, where that is known
 * @param boot which boot of it, for comparison; empty where it is not known
 * @param reason why it is in that state, for people; empty if it never was in another
 * @param evidence digest of the envelope that says so
 * @param certificate SHA-256 of the newest that was issued, if the host is admitted
 * @param until when that ends; when it was lost otherwise
 * @param at since when it is in that state
 */
public record Standing(
        BuilderId builder,
        HostState state,
        Optional<HostId> host,
        String boot,
        String reason,
        Sha256 evidence,
        Optional<Sha256> certificate,
        Instant until,
        Instant at) {
    /** Of a host that has shown another state than the trust root allows, or that the trust root no longer names. */
    public static Standing lost(BuilderId builder, Optional<HostId> host, String reason, Sha256 evidence, Instant now) {
        return new Standing(builder, HostState.LOST, host, "", reason, evidence, Optional.empty(), now, now);
    }

    /** Whether the host has shown another state than the trust root allows, or is no longer named by it. */
    public boolean isLost() {
        return state == HostState.LOST;
    }

    /** Whether a certificate of the host counts now. */
    public boolean isAdmitted(Instant now) {
        return state == HostState.ADMITTED && now.isBefore(until);
    }

    /** The same with a newer certificate. */
    public Standing renewed(Sha256 newEvidence, Sha256 newCertificate, Instant end) {
        return new Standing(builder, state, host, boot, reason, newEvidence, Optional.of(newCertificate), end, at);
    }
}
