package dev.quorate.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.trust.TimeAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.junit.jupiter.api.Test;

/** Tokens that were made, changed and made up. */
class TokenVerifierTest {
    private static final byte[] SIGNATURE = "a signature".getBytes(StandardCharsets.UTF_8);
    private static final Instant TIME = RoundScript.START.plusSeconds(7);

    private final TimeStamper tsa = new TimeStamper();
    private final byte[] token = tsa.stamp(SIGNATURE, TIME);
    private final TokenVerifier verifier = new TokenVerifier(SIGNATURE, List.of(tsa.authority("tsa")));

    @Test
    void aTokenSaysTheTime() {
        var stamped = assertInstanceOf(TokenCheck.Stamped.class, verifier.check(token));
        assertEquals(TIME, stamped.time());
        assertEquals("tsa", stamped.authority().id());
    }

    @Test
    void noFlippedBitIsGood() {
        IntStream.range(0, token.length * 8).parallel().forEach(bit -> {
            byte[] mutant = token.clone();
            mutant[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(verifier.check(mutant) instanceof TokenCheck.Stamped, "bit " + bit);
            assertFalse(verifier.check(mutant) instanceof TokenCheck.OutOfTime, "bit " + bit);
        });
    }

    @Test
    void nothingCutOffOrAddedIsGood() {
        IntStream.range(0, token.length + 3)
                .filter(length -> length != token.length)
                .forEach(length -> assertInstanceOf(
                        TokenCheck.Refused.class, verifier.check(Arrays.copyOf(token, length)), "length " + length));
    }

    @Test
    void anUnsignedAttributeIsRefused() throws IOException {
        byte[] remarked = withUnsignedAttribute(token);
        var refused = assertInstanceOf(TokenCheck.Refused.class, verifier.check(remarked));
        assertEquals("has unsigned attributes", refused.detail());
    }

    private static byte[] withUnsignedAttribute(byte[] response) throws IOException {
        TimeStampResp answer = TimeStampResp.getInstance(response);
        SignedData data = SignedData.getInstance(answer.getTimeStampToken().getContent());
        SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        var remark = new Attribute(CMSAttributes.contentHint, new DERSet(new DEROctetString(new byte[3])));
        var more = new SignerInfo(
                signer.getSID(),
                signer.getDigestAlgorithm(),
                signer.getAuthenticatedAttributes(),
                signer.getDigestEncryptionAlgorithm(),
                signer.getEncryptedDigest(),
                new DERSet(remark));
        var changed =
                new SignedData(data.getDigestAlgorithms(), data.getEncapContentInfo(), null, null, new DERSet(more));
        var content = new ContentInfo(answer.getTimeStampToken().getContentType(), changed);
        return new TimeStampResp(answer.getStatus(), content).getEncoded(ASN1Encoding.DER);
    }

    @Test
    void anAnswerAsAServerGivesItIsNotTheOneSpelling() {
        byte[] raw = tsa.answer(TokenRequest.over(SIGNATURE, BigInteger.TWO).bytes(), TIME);
        var refused = assertInstanceOf(TokenCheck.Refused.class, verifier.check(raw));
        assertEquals("was not granted, or comes with remarks", refused.detail());
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() {
        TokenRequest asked = TokenRequest.over(SIGNATURE, BigInteger.ONE);
        byte[] other = tsa.answer(TokenRequest.over(SIGNATURE, BigInteger.TWO).bytes(), TIME);
        assertThrows(TokenRefusedException.class, () -> asked.answer(other));
        assertThrows(TokenRefusedException.class, () -> asked.answer(new byte[0]));
    }

    @Test
    void aTokenOfTheWrongTimeCountsForNothing() {
        var ended =
                new TokenVerifier(SIGNATURE, List.of(tsa.authority("tsa", TIME.minusSeconds(9), Optional.of(TIME))));
        assertInstanceOf(TokenCheck.OutOfTime.class, ended.check(token));
        var early = new TokenVerifier(SIGNATURE, List.of(tsa.authority("tsa", TIME.plusMillis(1), Optional.empty())));
        assertInstanceOf(TokenCheck.OutOfTime.class, early.check(token));
    }

    @Test
    void aTokenUnderTheNameOfAnotherRootIsRefused() {
        var impostor = new TimeStamper();
        var authority = tsa.authority("tsa");
        var mixed = new TimeAuthority(
                "tsa",
                List.of(authority.signer(), impostor.certificates().getLast()),
                authority.from(),
                authority.until());
        var refused =
                assertInstanceOf(TokenCheck.Refused.class, new TokenVerifier(SIGNATURE, List.of(mixed)).check(token));
        assertEquals(TokenRefusal.NOT_SIGNED, refused.reason());
    }

    @Test
    void nestingWithoutEndIsRefused() throws IOException {
        byte[] deep = new byte[] {5, 0};
        for (int i = 0; i < 3000; i++) {
            deep = wrapped(deep);
        }
        assertInstanceOf(TokenCheck.Refused.class, verifier.check(deep));
        var hidden = new ASN1EncodableVector();
        hidden.add(new DEROctetString(deep));
        assertInstanceOf(
                TokenCheck.Refused.class, verifier.check(new DERSequence(hidden).getEncoded(ASN1Encoding.DER)));
    }

    private static byte[] wrapped(byte[] content) {
        byte[] around = new byte[content.length + 4];
        around[0] = 0x30;
        around[1] = (byte) 0x82;
        around[2] = (byte) (content.length >> 8);
        around[3] = (byte) content.length;
        System.arraycopy(content, 0, around, 4, content.length);
        return around;
    }
}
