package dev.quorate.time;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/** Reads an authority's answer, and refuses every spelling of it but one. */
final class StrictResponse {
    private static final BigInteger SIGNED_DATA_VERSION = BigInteger.valueOf(3);
    private static final BigInteger SIGNER_INFO_VERSION = BigInteger.ONE;

    private StrictResponse() {}

    static TimeStampToken token(byte[] response) throws RefusedException {
        try {
            require(Nesting.isBounded(response), "is nested too deep, or not DER");
            ASN1Primitive value = ASN1Primitive.fromByteArray(response);
            require(Arrays.equals(value.getEncoded(ASN1Encoding.DER), response), "is not DER");
            TimeStampResp answer = TimeStampResp.getInstance(value);
            requireGranted(answer.getStatus());
            ContentInfo content = answer.getTimeStampToken();
            require(
                    content != null && content.getContentType().equals(CMSObjectIdentifiers.signedData),
                    "holds no signed token");
            SignedData data = SignedData.getInstance(content.getContent());
            requireOneSigner(data);
            ASN1OctetString info =
                    ASN1OctetString.getInstance(data.getEncapContentInfo().getContent());
            require(Nesting.isBounded(info.getOctets()), "says what is nested too deep, or not DER");
            return new TimeStampToken(content);
        } catch (IOException | TSPException | RuntimeException e) {
            // Bouncy Castle meets some malformed structures with whatever exception comes up.
            throw new RefusedException(TokenRefusal.MALFORMED, "is not a time-stamping authority's answer");
        }
    }

    private static void requireGranted(PKIStatusInfo status) throws RefusedException {
        boolean granted = status.getStatus().equals(BigInteger.valueOf(PKIStatus.GRANTED))
                && status.getStatusString() == null
                && status.getFailInfo() == null;
        require(granted, "was not granted, or comes with remarks");
    }

    private static void requireOneSigner(SignedData data) throws RefusedException {
        require(data.getVersion().hasValue(SIGNED_DATA_VERSION), "has not version 3");
        require(data.getCRLs() == null, "carries revocation lists");
        ASN1Set signers = data.getSignerInfos();
        require(signers.size() == 1, "has not exactly one signer");
        SignerInfo signer = SignerInfo.getInstance(signers.getObjectAt(0));
        require(signer.getVersion().hasValue(SIGNER_INFO_VERSION), "names its signer otherwise than by issuer");
        require(signer.getUnauthenticatedAttributes() == null, "has unsigned attributes");
        ASN1Set digests = data.getDigestAlgorithms();
        require(
                digests.size() == 1
                        && digests.getObjectAt(0)
                                .toASN1Primitive()
                                .equals(signer.getDigestAlgorithm().toASN1Primitive()),
                "announces another digest than its signer's");
    }

    private static void require(boolean holds, String problem) throws RefusedException {
        if (!holds) {
            throw new RefusedException(TokenRefusal.MALFORMED, problem);
        }
    }
}
