package dev.quorate.coordinator.enrol;

import dev.quorate.coordinator.desk.Complaint;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.digest.Sha256;
import dev.quorate.trust.DerCertificate;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An endorsement certificate of a known maker.
 *
 * @param host SHA-256 of its public key: the host's identity
 */
record Endorsement(X509Certificate certificate, RSAPublicKey key, Sha256 host) {
    /** tcg-kp-EKCertificate, of the TCG's EK credential profile. */
    private static final String ENDORSEMENT_PURPOSE = "2.23.133.8.1";

    static Endorsement of(byte[] der, List<X509Certificate> makers, Instant now) throws RefusedException {
        if (makers.isEmpty()) {
            throw refused("this coordinator's configuration names no makers of TPMs; nothing can enrol");
        }
        X509Certificate certificate;
        try {
            var factory = CertificateFactory.getInstance("X.509");
            certificate = DerCertificate.of(der).certificate();
            Set<TrustAnchor> anchors =
                    makers.stream().map(maker -> new TrustAnchor(maker, null)).collect(Collectors.toSet());
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(List.of(certificate)), parameters);
        } catch (CertPathValidatorException e) {
            throw refused("no maker that this coordinator knows has issued it: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw refused("it " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw refused("it cannot be checked: " + e.getMessage());
        }
        if (!purposes(certificate).contains(ENDORSEMENT_PURPOSE)) {
            throw refused("it was not issued for an endorsement key");
        }
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)
                || key.getModulus().bitLength() != 2048) {
            throw refused("its key must be RSA with 2048 bits, as the TPM's default template has it");
        }
        return new Endorsement(certificate, key, Sha256.of(key.getEncoded()));
    }

    private static List<String> purposes(X509Certificate certificate) throws RefusedException {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateException e) {
            throw refused("its extended key usage is malformed");
        }
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(Complaint.ENDORSEMENT_REFUSED, detail);
    }
}
