package dev.quorate.coordinator.enrol;

import dev.quorate.coordinator.desk.Complaint;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.store.EnrolledHost;
import dev.quorate.coordinator.store.HostStore;
import dev.quorate.digest.Sha256;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.host.credential.CredentialMaker;
import dev.quorate.host.credential.MadeCredential;
import dev.quorate.round.BuilderId;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets hosts prove which TPM they have, and writes down who did. Safe for many threads. */
public final class Enrolment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final int MOST_CHALLENGES = 4096;

    private final Register register;
    private final HostStore hosts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Pending<Claim> challenges = new Pending<>(MOST_CHALLENGES, random);

    private record Claim(EnrolledHost host, boolean replacing, byte[] credential) {}

    /** Enrols by what the trust root says. */
    public Enrolment(Register register, HostStore hosts, Clock clock) {
        this.register = register;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * Asks a host to prove that a key is in its TPM.
     *
     * @param asker the builder that has shown a client certificate, if one has
     * @param endorsement certificate, DER
     * @param attestation TPMT_PUBLIC
     */
    public Challenge challenge(Optional<BuilderId> asker, BuilderId builder, byte[] endorsement, byte[] attestation)
            throws RefusedException {
        Instant now = clock.instant();
        AttestationKey key;
        try {
            key = AttestationKey.of(attestation);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Complaint.MALFORMED, "attestation: " + e.getMessage());
        }
        Endorsement endorsed = Endorsement.of(endorsement, register.makers(), now);
        requireName(asker, builder, endorsed.host());
        var credential = new byte[CredentialMaker.LONGEST];
        random.nextBytes(credential);
        MadeCredential made = CredentialMaker.make(endorsed.key(), key, credential, random);
        var host = new EnrolledHost(builder, endorsed.host(), endorsement, attestation);
        return new Challenge(challenges.ask(new Claim(host, register.knows(builder), credential), now), made);
    }

    private void requireName(Optional<BuilderId> asker, BuilderId builder, Sha256 host) throws RefusedException {
        if (register.knows(builder)) {
            if (asker.filter(builder::equals).isEmpty()) {
                throw new RefusedException(
                        Complaint.NAME_TAKEN,
                        "the trust root has a builder " + builder
                                + "; enrol its host with a certificate of that builder");
            }
        } else if (hosts.enrolled(builder)
                .filter(holder -> !holder.host().equals(host))
                .isPresent()) {
            throw taken(builder);
        }
    }

    private static RefusedException taken(BuilderId builder) {
        return new RefusedException(
                Complaint.NAME_TAKEN, "another host has enrolled as " + builder + "; choose another name");
    }

    /** The host behind a challenge, once its TPM has read the credential. */
    public EnrolledHost prove(String challenge, byte[] credential) throws RefusedException {
        Instant now = clock.instant();
        Claim claim = challenges
                .answer(challenge, now)
                .orElseThrow(() -> new RefusedException(
                        Complaint.CHALLENGE_UNKNOWN,
                        "the challenge was not given out, was answered before, or is older than "
                                + Pending.PATIENCE.toSeconds() + " s; ask for another"));
        if (!MessageDigest.isEqual(claim.credential(), credential)) {
            LOG.warn(
                    "enrolment refused builder={} host={}",
                    claim.host().builder(),
                    claim.host().host());
            throw new RefusedException(
                    Complaint.HOST_REFUSED, "this is not the credential: the key is not in the endorsed TPM");
        } else if (!hosts.enrol(claim.host(), claim.replacing(), now)) {
            throw taken(claim.host().builder());
        }
        LOG.info(
                "host enrolled builder={} host={}",
                claim.host().builder(),
                claim.host().host());
        return claim.host();
    }
}
