package dev.quorate.time;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.util.CollectionStore;

/** What an authority is asked, over SHA-256 of a signature, and how its answer is spelt in a kit. */
public final class TokenRequest {
    /** Media type of a request. */
    public static final String MEDIA_TYPE = "application/timestamp-query";

    private final TimeStampRequest request;

    private TokenRequest(TimeStampRequest request) {
        this.request = request;
    }

    /**
     * Asks about a signature. The authority's certificates are not asked for: whoever checks has them.
     *
     * @param nonce fresh, so that an earlier answer is none
     */
    public static TokenRequest over(byte[] signature, BigInteger nonce) {
        var generator = new TimeStampRequestGenerator();
        generator.setCertReq(false);
        return new TokenRequest(
                generator.generate(TSPAlgorithms.SHA256, Sha256.of(signature).bytes(), nonce));
    }

    /** The request in DER. */
    public byte[] bytes() {
        try {
            return request.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a request that was made has an encoding", e);
        }
    }

    /**
     * The answer in a kit's one spelling, without remarks and certificates. Whether it is good is still to be seen.
     *
     * @throws TokenRefusedException if it is no answer to this request, or the authority did not grant it
     */
    public byte[] answer(byte[] response) throws TokenRefusedException {
        try {
            var answer = new TimeStampResponse(response);
            answer.validate(request);
            if (answer.getStatus() != PKIStatus.GRANTED) {
                throw new TokenRefusedException("the authority answered with status " + answer.getStatus()
                        + (answer.getStatusString() == null ? "" : ": " + answer.getStatusString()));
            }
            CMSSignedData bare = CMSSignedData.replaceCertificatesAndCRLs(
                    answer.getTimeStampToken().toCMSSignedData(),
                    new CollectionStore<>(List.of()),
                    new CollectionStore<>(List.of()),
                    new CollectionStore<>(List.of()));
            return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), bare.toASN1Structure())
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException | TSPException | CMSException | RuntimeException e) {
            // Bouncy Castle meets some malformed structures with whatever exception comes up.
            throw new TokenRefusedException("the answer is none to what was asked: " + e.getMessage());
        }
    }
}
