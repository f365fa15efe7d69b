package dev.quorate.host;

import dev.quorate.dsse.P256Key;
import dev.quorate.trust.KeyEvidence;
import dev.quorate.trust.KeySeal;
import dev.quorate.trust.Profile;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedTpm;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges whether a key of a certifier or root key holder is sealed to a good state of a known machine. A pure function.
 *
 * @param trust names the machines, their makers and the reference values
 * @param time at which certificates and revocations are looked at
 */
public record SealJudge(TrustRoot trust, Instant time) {
    /** Judges what the trust root itself says of a key; empty if it says nothing. */
    public Optional<SealJudgement> judge(P256Key key) {
        return trust.seal(key).map(seal -> judge(key, seal));
    }

    /** Judges; whatever the evidence is, this answers. */
    public SealJudgement judge(P256Key key, KeySeal seal) {
        try {
            return accept(key, seal);
        } catch (RefusedException e) {
            return new SealJudgement.Refused(e.reason(), e.getMessage());
        } catch (Exception e) {
            // Whatever an input makes a parser or a provider throw, nothing is known of the key.
            return new SealJudgement.Refused(
                    HostRefusal.UNJUDGEABLE,
                    "judging it failed: " + e.getClass().getSimpleName());
        }
    }

    /** What is wrong with evidence of that key, whoever's machine it may be from. */
    public static Optional<SealJudgement.Refused> objection(P256Key key, KeyEvidence evidence) {
        try {
            new SealedKey(key, evidence).judge();
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(new SealJudgement.Refused(e.reason(), e.getMessage()));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.of(new SealJudgement.Refused(
                    HostRefusal.UNJUDGEABLE,
                    "judging it failed: " + e.getClass().getSimpleName()));
        }
    }

    private SealJudgement accept(P256Key key, KeySeal seal) throws GeneralSecurityException, RefusedException {
        KeyEvidence evidence = seal.evidence();
        TrustedTpm tpm = trust.tpm(evidence.ak())
                .orElseThrow(() -> new RefusedException(
                        HostRefusal.HOST_UNKNOWN, "no machine of the trust root has its attestation key"));
        if (trust.isRevoked(tpm.id(), time) || trust.isRevoked(tpm.ak(), time)) {
            throw new RefusedException(HostRefusal.HOST_REVOKED, "the trust root revokes the host " + tpm.id());
        }
        EndorsementChain.verify(tpm, trust.hostTrust().maker(tpm.maker()).orElseThrow(), time);
        Tpm2Profile profile = profile(seal.profile());
        new SealedKey(key, evidence).judge();
        new Registers(profile, evidence.pcrs()).judge();
        return new SealJudgement.Sealed(
                tpm.id(), profile.name(), evidence.pcrs().digest());
    }

    /** What was measured is known by the registers alone; the logs that explain them are of another boot by now. */
    private Tpm2Profile profile(String name) throws RefusedException {
        Profile named = trust.hostTrust()
                .profile(name)
                .orElseThrow(
                        () -> new RefusedException(HostRefusal.PROFILE_UNFIT, "the trust root has no profile " + name));
        if (named instanceof Tpm2Profile profile
                && profile.events().isEmpty()
                && profile.ima().isEmpty()) {
            return profile;
        }
        throw new RefusedException(
                HostRefusal.PROFILE_UNFIT,
                "profile " + name + " judges by more than values of PCRs, and a key is sealed to nothing else");
    }
}
