package dev.quorate.host;

import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.Maker;
import dev.quorate.trust.TrustedHost;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The way from an endorsement certificate to its maker's roots (RFC 5280; TCG EK Credential Profile, 2.3). */
final class EndorsementChain {
    private static final String ENDORSEMENT = "2.23.133.8.1";
    private static final Pattern OLD_HASH = Pattern.compile("(?i).*(MD[245]|SHA-?1with).*");

    private EndorsementChain() {}

    /** Nothing is fetched: what a maker takes back, root key holders revoke. */
    static void verify(TrustedHost.Tpm2 host, Maker maker, Instant time)
            throws GeneralSecurityException, RefusedException {
        List<X509Certificate> path = new ArrayList<>(List.of(host.ek().certificate()));
        host.intermediates().forEach(certificate -> path.add(certificate.certificate()));
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
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            throw refused("its certificates do not lead to the maker's roots: " + e.getReason());
        }
        refuseUnfit(host.ek().certificate(), path);
    }

    private static void refuseUnfit(X509Certificate ek, List<X509Certificate> path)
            throws GeneralSecurityException, RefusedException {
        List<String> purposes = ek.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(ENDORSEMENT) || ek.getBasicConstraints() >= 0) {
            throw refused("its certificate is not for an endorsement key");
        }
        if (path.stream().anyMatch(c -> OLD_HASH.matcher(c.getSigAlgName()).matches())) {
            throw refused("one of its certificates is signed over a broken hash");
        }
    }

    private static boolean isValidAt(X509Certificate certificate, Instant time) {
        return !time.isBefore(certificate.getNotBefore().toInstant())
                && !time.isAfter(certificate.getNotAfter().toInstant());
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(HostRefusal.CHAIN_UNTRUSTED, detail);
    }
}
