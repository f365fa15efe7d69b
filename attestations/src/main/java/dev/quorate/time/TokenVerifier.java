package dev.quorate.time;

import dev.quorate.digest.Sha256;
import dev.quorate.trust.TimeAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/** Looks at tokens over one signature, on behalf of somebody who trusts these authorities. */
public record TokenVerifier(byte[] signature, List<TimeAuthority> authorities) {
    private static final Set<ASN1ObjectIdentifier> DIGESTS =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    /** Looks at one; whatever the bytes are, this answers. */
    public TokenCheck check(byte[] response) {
        try {
            TimeStampToken token = StrictResponse.token(response);
            Optional<TimeAuthority> signer = signer(token.getSID());
            return signer.isEmpty() ? new TokenCheck.Unknown() : check(token, signer.get());
        } catch (RefusedException e) {
            return new TokenCheck.Refused(e.reason(), e.getMessage());
        }
    }

    private Optional<TimeAuthority> signer(SignerId sid) throws RefusedException {
        byte[] issuer = encoded(sid.getIssuer());
        for (TimeAuthority authority : authorities) {
            X509Certificate own = authority.signer().certificate();
            if (own.getSerialNumber().equals(sid.getSerialNumber())
                    && Arrays.equals(own.getIssuerX500Principal().getEncoded(), issuer)) {
                return Optional.of(authority);
            }
        }
        return Optional.empty();
    }

    private TokenCheck check(TimeStampToken token, TimeAuthority authority) throws RefusedException {
        for (X509CertificateHolder carried : token.getCertificates().getMatches(null)) {
            byte[] der = encoded(carried.toASN1Structure());
            if (authority.certificates().stream().noneMatch(own -> Arrays.equals(own.bytes(), der))) {
                throw new RefusedException(
                        TokenRefusal.MALFORMED, "carries a certificate that is not " + authority.id() + "'s");
            }
        }
        requireImprint(token);
        Instant time = token.getTimeStampInfo().getGenTime().toInstant();
        requireSignature(token, authority, time);
        return authority.isValidAt(time)
                ? new TokenCheck.Stamped(authority, time)
                : new TokenCheck.OutOfTime(authority, time);
    }

    private void requireImprint(TimeStampToken token) throws RefusedException {
        boolean imprinted = token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
                && Arrays.equals(
                        token.getTimeStampInfo().getMessageImprintDigest(),
                        Sha256.of(signature).bytes());
        if (!imprinted) {
            throw new RefusedException(
                    TokenRefusal.OTHER_SUBJECT, "is about something else than SHA-256 of the line's signature");
        }
    }

    private static void requireSignature(TimeStampToken token, TimeAuthority authority, Instant time)
            throws RefusedException {
        ASN1ObjectIdentifier digest = token.toCMSSignedData()
                .getSignerInfos()
                .iterator()
                .next()
                .getDigestAlgorithmID()
                .getAlgorithm();
        if (!DIGESTS.contains(digest)) {
            throw new RefusedException(
                    TokenRefusal.NOT_SIGNED, "is signed over a digest other than SHA-256, SHA-384 and SHA-512");
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder()
                    .build(authority.signer().certificate()));
            authority.requireChainAt(time);
        } catch (TSPException | OperatorCreationException | GeneralSecurityException | RuntimeException e) {
            // Bouncy Castle meets some malformed signers with whatever exception comes up.
            throw new RefusedException(
                    TokenRefusal.NOT_SIGNED, "of " + time + " is not good under the certificates of " + authority.id());
        }
    }

    private static byte[] encoded(ASN1Object value) throws RefusedException {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new RefusedException(TokenRefusal.MALFORMED, "holds what cannot be written again");
        }
    }
}
