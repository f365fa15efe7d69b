package dev.quorate.dsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final Signer SIGNER = new KeyPairSigner(KeyPairSigner.generate());
    private static final byte[] STATEMENT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void thePreAuthenticationEncodingCountsBytes() {
        assertEquals(
                "DSSEv1 28 application/vnd.in-toto+json 2 \u00e9",
                new String(Envelope.pae(utf8("\u00e9")), StandardCharsets.UTF_8));
    }

    @Test
    void whatIsVerifiedIsWhatIsRead() throws Exception {
        Envelope read = Envelope.parse(
                CanonicalJson.bytes(Envelope.sign(STATEMENT, SIGNER).json()), "envelope");
        assertArrayEquals(
                STATEMENT, read.verify(SIGNER.publicKey()).orElseThrow().bytes());
        assertTrue(read.verify(new KeyPairSigner(KeyPairSigner.generate()).publicKey())
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"YQ", "YR==", "YQ==\n", " YQ==", "YQ=", "Y-/=", "="})
    void sloppyBase64IsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Base64Text.decode(text));
    }

    @Test
    void bothAlphabetsAreRead() {
        assertArrayEquals(Base64Text.decode("-_-_"), Base64Text.decode("+/+/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"payload\":\"YQ==\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[]}",
                "{\"payload\":\"YQ==\",\"payloadType\":\"text/plain\",\"signatures\":[{\"sig\":\"YQ==\"}]}",
                "{\"payload\":\"YQ==\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"YQ==\"},{\"sig\":\"YQ==\"}]}",
                "{\"payload\":\"YQ==\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"YQ==\"}],\"x\":1}",
                "{\"payload\":\"YQ==\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"YQ==\",\"x\":1}]}",
                "{\"payload\":\"YQ==\",\"payload\":\"YQ==\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"YQ==\"}]}"
            })
    void otherFormsAreRefused(String json) {
        assertThrows(MalformedException.class, () -> Envelope.parse(utf8(json), "envelope"));
    }

    @Test
    void aKeyIdIsReadAndDecidesNothing() throws Exception {
        String json = CanonicalJson.write(Envelope.sign(STATEMENT, SIGNER).json())
                .replace("{\"sig\"", "{\"keyid\":\"somebody\",\"sig\"");
        assertTrue(Envelope.parse(utf8(json), "envelope")
                .verify(SIGNER.publicKey())
                .isPresent());
    }

    @Test
    void aKeyOffTheCurveIsRefused() {
        byte[] spki = SIGNER.publicKey().spki();
        spki[spki.length - 1] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> P256Key.ofSpki(spki));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "3006020100020100", "not a signature at all"})
    void whatIsNoSignatureVerifiesNothing(String text) {
        Envelope envelope = Envelope.of(STATEMENT, utf8(text));
        assertTrue(envelope.verify(SIGNER.publicKey()).isEmpty());
        Envelope binary = Envelope.of(STATEMENT, new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0});
        assertTrue(binary.verify(SIGNER.publicKey()).isEmpty());
    }

    @Test
    void aKeyIsWrittenAsOpensslWritesIt() {
        P256Key key = SIGNER.publicKey();
        String body = key.pem().replaceAll("-----[A-Z ]+-----|\n", "");
        assertEquals(key, P256Key.parse(body));
        assertTrue(key.pem().startsWith("-----BEGIN PUBLIC KEY-----\n"));
        assertEquals(key, P256Key.of(key.publicKey()));
    }

    @Test
    void base64ThatBeginsWithACharacterOfTheUrlSafeAlphabetIsRead() {
        assertArrayEquals(new byte[] {(byte) 0xf8, 0, 0}, Base64Text.decode("-AAA"));
        assertArrayEquals(new byte[] {(byte) 0xfc, 0, 0}, Base64Text.decode("_AAA"));
    }

    @Test
    void aPayloadOfTheGreatestLengthIsRead() throws Exception {
        assertEquals(
                Envelope.MAX_PAYLOAD,
                Fields.of(read(Envelope.MAX_PAYLOAD).json(), "x").string("payload", Base64Text::decode).length);
        assertThrows(MalformedException.class, () -> read(Envelope.MAX_PAYLOAD + 1));
    }

    private static Envelope read(int length) throws MalformedException {
        return Envelope.parse(
                CanonicalJson.bytes(Envelope.of(new byte[length], new byte[70]).json()), "x");
    }

    /** JDK keys and files check what they are given; a coordinate has one spelling, below the field's prime. */
    @Test
    void aCoordinateBeyondTheFieldIsRefused() {
        String prefix = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";
        String prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        // The point whose x is zero: y is a root of the curve's b.
        String root = "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4";
        assertEquals(
                91,
                P256Key.ofSpki(HexFormat.of().parseHex(prefix + "00".repeat(32) + root))
                        .spki()
                        .length);
        byte[] respelt = HexFormat.of().parseHex(prefix + prime + root);
        assertThrows(IllegalArgumentException.class, () -> P256Key.ofSpki(respelt));
    }

    @Test
    void aSignatureOverADigestIsVerifiedByTheDigest() throws Exception {
        Signer signer = new KeyPairSigner(KeyPairSigner.generate());
        byte[] signature = new DelegatedSigner(signer.publicKey(), signer::sign).sign(new byte[] {1, 2});
        P256Key key = signer.publicKey();
        assertTrue(key.verifiesDigest(Sha256.of(new byte[] {1, 2}), signature));
        assertFalse(key.verifiesDigest(Sha256.of(new byte[] {1, 3}), signature));
        assertFalse(key.verifiesDigest(Sha256.of(new byte[] {1, 2}), new byte[0]));
        assertFalse(key.verifiesDigest(Sha256.of(new byte[] {1, 2}), new byte[] {0x30, 0}));
    }

    @Test
    void octetsAreTheirBytes() {
        assertEquals(Octets.of(new byte[] {1}), Octets.of(new byte[] {1}));
        assertNotEquals(Octets.of(new byte[] {1}), Octets.of(new byte[] {2}));
        assertNotEquals(
                Octets.of(new byte[] {1}).hashCode(), Octets.of(new byte[] {2}).hashCode());
    }
}
