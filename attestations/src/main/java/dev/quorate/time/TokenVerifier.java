package dev.quorate.time;

import dev.quorate.digest.Sha256;
import dev.quorate.trust.TimeAuthority;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
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
            if (signer.isEmpty()) {
                return new TokenCheck.Unknown();
            }
            return check(token, signer.get());
        } catch (TokenFormException e) {
            return new TokenCheck.Refused(e.getMessage());
        }
    }

    private Optional<TimeAuthority> signer(SignerId sid) throws TokenFormException {
        for (TimeAuthority authority : authorities) {
            if (sid.match(holder(authority.signer()))) {
                return Optional.of(authority);
            }
        }
        return Optional.empty();
    }

    private TokenCheck check(TimeStampToken token, TimeAuthority authority) throws TokenFormException {
        for (X509CertificateHolder carried : token.getCertificates().getMatches(null)) {
            if (!isAmong(carried, authority.certificates())) {
                throw new TokenFormException("carries a certificate that is not the authority's");
            }
        }
        ASN1ObjectIdentifier digest = token.toCMSSignedData()
                .getSignerInfos()
                .iterator()
                .next()
                .getDigestAlgorithmID()
                .getAlgorithm();
        boolean imprinted = token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
                && Arrays.equals(
                        token.getTimeStampInfo().getMessageImprintDigest(),
                        Sha256.of(signature).bytes());
        if (!DIGESTS.contains(digest)) {
            throw new TokenFormException("is signed over a digest other than SHA-256, SHA-384 and SHA-512");
        } else if (!imprinted) {
            return new TokenCheck.Refused("is about something else than the line's signature");
        }
        Instant time = token.getTimeStampInfo().getGenTime().toInstant();
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(authority.signer()));
            authority.requireChainAt(time);
        } catch (TSPException | OperatorCreationException | GeneralSecurityException e) {
            return new TokenCheck.Refused("is not good under the certificates of " + authority.id());
        }
        return authority.isValidAt(time)
                ? new TokenCheck.Stamped(authority, time)
                : new TokenCheck.Refused("is of " + time + ", when " + authority.id() + " does not count");
    }

    private static boolean isAmong(X509CertificateHolder carried, List<X509Certificate> own) throws TokenFormException {
        for (X509Certificate certificate : own) {
            if (holder(certificate).equals(carried)) {
                return true;
            }
        }
        return false;
    }

    private static X509CertificateHolder holder(X509Certificate certificate) throws TokenFormException {
        try {
            return new JcaX509CertificateHolder(certificate);
        } catch (GeneralSecurityException e) {
            throw new TokenFormException("cannot be compared with the authority's certificate");
        }
    }
}
