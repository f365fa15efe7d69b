package dev.quorate.host;

import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.Maker;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The way from a chip's certificate to its maker's roots (RFC 5280). */
final class CertificateChain {
    private static final Pattern OLD_HASH = Pattern.compile("(?i).*(MD[245]|SHA-?1with).*");

    private CertificateChain() {}

    /**
     * Nothing is fetched: what a maker takes back, root key holders revoke.
     *
     * @param path the chip's certificate, then its issuer's, and so on below the root
     */
    static void verify(List<DerCertificate> path, Maker maker, Instant time)
            throws GeneralSecurityException, RefusedException {
        Set<TrustAnchor> roots = new HashSet<>();
        for (DerCertificate root : maker.roots()) {
            // The JDK takes a trust anchor's dates on faith.
            if (isValidAt(root.certificate(), time)) {
                roots.add(new TrustAnchor(root.certificate(), null));
            }
        }
        if (roots.isEmpty()) {
            throw refused("the maker has no root that is valid at " + time);
        }
        var parameters = new PKIXParameters(roots);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(time));
        List<X509Certificate> certificates =
                path.stream().map(DerCertificate::certificate).toList();
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(certificates), parameters);
        } catch (CertPathValidatorException e) {
            throw refused("its certificates do not lead to the maker's roots: " + e.getReason());
        }
        if (certificates.stream()
                .anyMatch(c -> OLD_HASH.matcher(c.getSigAlgName()).matches())) {
            throw refused("one of its certificates is signed over a broken hash");
        }
    }

    private static boolean isValidAt(X509Certificate certificate, Instant time) {
        return !time.isBefore(certificate.getNotBefore().toInstant())
                && !time.isAfter(certificate.getNotAfter().toInstant());
    }

    static RefusedException refused(String detail) {
        return new RefusedException(HostRefusal.CHAIN_UNTRUSTED, detail);
    }
}
