package dev.quorate.trust;

import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who says when a signature was there (RFC 3161).
 *
 * @param id its name; one that is a certifier's says that the authority is that coordinator itself
 * @param certificates what its tokens are signed with, then each certificate's issuer, up to the last that is trusted
 *     by being here
 * @param from first instant that it can vouch for
 * @param until first instant that it no longer can, if that is known
 */
public record TimeAuthority(String id, List<DerCertificate> certificates, Instant from, Optional<Instant> until) {
    private static final int MOST_CERTIFICATES = 8;
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final List<String> TIME_STAMPING = List.of("1.3.6.1.5.5.7.3.8");

    /**
     * Keeps an authority whose certificates lead from one to the next by name.
     *
     * @throws IllegalArgumentException if they do not, or the first is for something else than time-stamping alone
     */
    public TimeAuthority {
        certificates = List.copyOf(certificates);
        Principal.name(id);
        if (certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES) {
            throw new IllegalArgumentException("must have 1 to " + MOST_CERTIFICATES + " certificates");
        }
        requireTimeStamping(certificates.getFirst().certificate());
        for (int i = 1; i < certificates.size(); i++) {
            X509Certificate below = certificates.get(i - 1).certificate();
            if (!below.getIssuerX500Principal()
                    .equals(certificates.get(i).certificate().getSubjectX500Principal())) {
                throw new IllegalArgumentException("must have certificates of which each is issued by the next");
            }
        }
    }

    /** RFC 3161, 2.3: that purpose alone, and critical, so that no certificate for anything else tells the time. */
    private static void requireTimeStamping(X509Certificate signer) {
        try {
            Set<String> critical = signer.getCriticalExtensionOIDs();
            if (TIME_STAMPING.equals(signer.getExtendedKeyUsage())
                    && critical != null
                    && critical.contains(EXTENDED_KEY_USAGE)) {
                return;
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("must have a first certificate that says what it is for", e);
        }
        throw new IllegalArgumentException(
                "must have a first certificate whose only extended key usage is time-stamping, marked critical");
    }

    static TimeAuthority read(Fields fields) throws MalformedException {
        String id = fields.string("id", Principal::name);
        List<DerCertificate> certificates = fields.strings("certificates", MOST_CERTIFICATES, DerCertificate::parse);
        Instant from = fields.string("from", Instants::parse);
        Optional<Instant> until = fields.optional("until", Instants::parse);
        fields.end();
        try {
            return new TimeAuthority(id, certificates, from, until);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(fields.place(), e.getMessage());
        }
    }

    Json.Obj json() {
        return Json.object()
                .put("id", id)
                .put(
                        "certificates",
                        Json.strings(certificates.stream()
                                .map(DerCertificate::toString)
                                .toList()))
                .put("from", from.toString())
                .putIfPresent("until", until.map(time -> Json.str(time.toString())))
                .build();
    }

    /** The same, ending otherwise. */
    public TimeAuthority until(Instant end) {
        return new TimeAuthority(id, certificates, from, Optional.of(end));
    }

    /** What its tokens are signed with. */
    public DerCertificate signer() {
        return certificates.getFirst();
    }

    /** Whether it can vouch for that time. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(from) && until.map(time::isBefore).orElse(true);
    }

    /**
     * Requires that each certificate was issued by the next and valid at that time. Nothing is fetched: what an
     * authority takes back, root key holders end with {@code until}.
     *
     * @throws GeneralSecurityException if one was not
     */
    public void requireChainAt(Instant time) throws GeneralSecurityException {
        Date date = Date.from(time);
        List<X509Certificate> chain =
                certificates.stream().map(DerCertificate::certificate).toList();
        // The JDK takes a trust anchor's dates on faith.
        for (X509Certificate certificate : chain) {
            certificate.checkValidity(date);
        }
        if (chain.size() > 1) {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.getLast(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(date);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(chain.subList(0, chain.size() - 1)),
                            parameters);
        }
    }
}
