package dev.quorate.host;

import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.Maker;
import dev.quorate.trust.TrustedTpm;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way from an endorsement certificate to its maker's roots (TCG EK Credential Profile, 2.3). */
public final class EndorsementChain {
    private static final String ENDORSEMENT = "2.23.133.8.1";

    private EndorsementChain() {}

    /** Why a TPM's endorsement certificate would not be accepted at that time, if it would not. */
    public static Optional<String> objection(TrustedTpm tpm, Maker maker, Instant time) {
        try {
            verify(tpm, maker, time);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.getMessage());
        } catch (GeneralSecurityException e) {
            return Optional.of("its certificate cannot be checked: " + e.getMessage());
        }
    }

    static void verify(TrustedTpm tpm, Maker maker, Instant time) throws GeneralSecurityException, RefusedException {
        List<DerCertificate> path = new ArrayList<>(List.of(tpm.ek()));
        path.addAll(tpm.intermediates());
        CertificateChain.verify(path, maker, time);
        X509Certificate ek = tpm.ek().certificate();
        List<String> purposes = ek.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(ENDORSEMENT) || ek.getBasicConstraints() >= 0) {
            throw CertificateChain.refused("its certificate is not for an endorsement key");
        }
    }
}
