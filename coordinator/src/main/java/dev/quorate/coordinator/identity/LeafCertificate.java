package dev.quorate.coordinator.identity;

import dev.quorate.dsse.P256Key;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.trust.DerCertificate;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTF8String;

/**
 * What a certificate of Fulcio's says of its holder.
 *
 * @param issuer extension 1.3.6.1.4.1.57264.1.8, a UTF8String
 * @param subject the one subject alternative name
 * @param from first instant at which it is valid
 * @param until last instant at which it is
 */
record LeafCertificate(P256Key key, String issuer, String subject, Instant from, Instant until) {
    private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final int EMAIL = 1;
    private static final int URI = 6;

    static LeafCertificate of(DerCertificate certificate) throws UnfitException {
        X509Certificate leaf = certificate.certificate();
        try {
            boolean signsCode = leaf.getBasicConstraints() < 0
                    && Optional.ofNullable(leaf.getExtendedKeyUsage())
                            .orElse(List.of())
                            .contains(CODE_SIGNING);
            if (!signsCode) {
                throw new UnfitException(IdentityRefusal.CERTIFICATE_UNFIT);
            }
            return new LeafCertificate(
                    P256Key.of(leaf.getPublicKey()),
                    issuer(leaf),
                    subject(leaf),
                    leaf.getNotBefore().toInstant(),
                    leaf.getNotAfter().toInstant());
        } catch (CertificateParsingException | IOException | RuntimeException e) {
            throw new UnfitException(IdentityRefusal.CERTIFICATE_UNFIT, e);
        }
    }

    private static String issuer(X509Certificate leaf) throws IOException, UnfitException {
        byte[] extension = leaf.getExtensionValue(ISSUER);
        if (extension == null) {
            throw new UnfitException(IdentityRefusal.CERTIFICATE_UNFIT);
        }
        byte[] value = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(extension))
                .getOctets();
        return ASN1UTF8String.getInstance(ASN1Primitive.fromByteArray(value)).getString();
    }

    private static String subject(X509Certificate leaf) throws CertificateParsingException, UnfitException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        if (names != null && names.size() == 1) {
            List<?> name = names.iterator().next();
            boolean known = name.getFirst().equals(EMAIL) || name.getFirst().equals(URI);
            if (known && name.get(1) instanceof String text) {
                return text;
            }
        }
        throw new UnfitException(IdentityRefusal.CERTIFICATE_UNFIT);
    }

    /** RFC 5280, 4.1.2.5: both ends are within. */
    boolean isValidAt(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
    }
}
