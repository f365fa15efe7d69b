package dev.quorate.trust;

import dev.quorate.dsse.Base64Text;
import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
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
public record TimeAuthority(String id, List<X509Certificate> certificates, Instant from, Optional<Instant> until) {
    private static final int MOST_CERTIFICATES = 8;
    private static final int MAX_CERTIFICATE = 16_384;

    public TimeAuthority {
        certificates = List.copyOf(certificates);
        Principal.name(id);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("must have a certificate");
        }
    }

    static TimeAuthority read(Fields fields) throws MalformedException {
        List<X509Certificate> certificates =
                fields.strings("certificates", MOST_CERTIFICATES, TimeAuthority::certificate);
        if (certificates.isEmpty()) {
            throw fields.wrong("certificates", "must hold the authority's certificate");
        }
        var authority = new TimeAuthority(
                fields.string("id", Principal::name),
                certificates,
                fields.string("from", Instants::parse),
                fields.optional("until", Instants::parse));
        fields.end();
        return authority;
    }

    private static X509Certificate certificate(String base64) {
        byte[] der = Base64Text.decode(base64);
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (der.length <= MAX_CERTIFICATE && Arrays.equals(certificate.getEncoded(), der)) {
                return certificate;
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("must be an X.509 certificate in DER", e);
        }
        throw new IllegalArgumentException(
                "must be one X.509 certificate in DER, at most " + MAX_CERTIFICATE + " bytes");
    }

    Json.Obj json() {
        return Json.object()
                .put("id", id)
                .put(
                        "certificates",
                        Json.strings(
                                certificates.stream().map(TimeAuthority::base64).toList()))
                .put("from", from.toString())
                .putIfPresent("until", until.map(time -> Json.str(time.toString())))
                .build();
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64Text.encode(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }

    /** What its tokens are signed with. */
    public X509Certificate signer() {
        return certificates.getFirst();
    }

    /** Whether it can vouch for that time. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(from) && until.map(time::isBefore).orElse(true);
    }

    /**
     * Requires that each certificate was issued by the next and valid at that time.
     *
     * @throws GeneralSecurityException if one was not
     */
    public void requireChainAt(Instant time) throws GeneralSecurityException {
        Date date = Date.from(time);
        for (X509Certificate certificate : certificates) {
            certificate.checkValidity(date);
        }
        if (certificates.size() > 1) {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(certificates.getLast(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(date);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(certificates.subList(0, certificates.size() - 1)),
                            parameters);
        }
    }
}
