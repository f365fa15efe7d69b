package dev.quorate.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignedTrustTest {
    private static final Signer A = new KeyPairSigner(KeyPairSigner.generate());
    private static final Signer B = new KeyPairSigner(KeyPairSigner.generate());
    private static final Signer C = new KeyPairSigner(KeyPairSigner.generate());

    private static TrustRoot version(int version, int threshold, Signer... roots) {
        List<RootKey> keys = List.of(roots).stream()
                .map(root -> new RootKey("k" + root.publicKey().id().hex().substring(0, 8), root.publicKey()))
                .toList();
        return new TrustRoot(
                version,
                Instant.parse("2027-01-01T00:00:00Z"),
                new RootKeys(threshold, keys),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void theFileReadsBackAsItWasWritten() throws Exception {
        SignedTrust signed =
                new RoundScript(Policies.threshold(2), 1).builder("b1").signedTrust();
        SignedTrust read = SignedTrust.parse(signed.bytes(), "trust.json");
        assertEquals(signed.trust(), read.trust());
        assertTrue(read.verifyAlone().isPresent());
    }

    @Test
    void oneOfTwoSignaturesIsNotEnough() throws Exception {
        SignedTrust signed = SignedTrust.unsigned(version(1, 2, A, B));
        assertTrue(signed.sign(A).verifyAlone().isEmpty());
        assertTrue(signed.sign(A).sign(C).verifyAlone().isEmpty());
        assertTrue(signed.sign(A).sign(B).verifyAlone().isPresent());
    }

    @Test
    void theNextVersionIsSignedByTheLastOnesKeysAndItsOwn() throws Exception {
        TrustRoot first = version(1, 1, A);
        SignedTrust second = SignedTrust.unsigned(version(2, 1, B));
        assertTrue(second.sign(B).verifyAfter(first).isEmpty());
        assertTrue(second.sign(A).verifyAfter(first).isEmpty());
        assertEquals(Optional.of(second.trust()), second.sign(A).sign(B).verifyAfter(first));
    }

    @Test
    void versionsOnlyGoForwardOneByOne() throws Exception {
        SignedTrust third = SignedTrust.unsigned(version(3, 1, A)).sign(A);
        assertTrue(third.verifyAfter(version(1, 1, A)).isEmpty());
        assertTrue(third.verifyAfter(version(3, 1, A)).isEmpty());
        assertTrue(third.verifyAfter(version(2, 1, A)).isPresent());
    }

    @Test
    void oneKeyUnderTwoNamesIsAnError() {
        TrustRoot root = version(1, 1, A);
        var key = new TimedKey(A.publicKey(), Instant.EPOCH, Optional.empty());
        TrustRoot shared = new TrustRoot(
                1,
                root.expires(),
                root.root(),
                List.of(),
                List.of(new Principal("c", List.of(key))),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        byte[] file = SignedTrust.unsigned(shared).bytes();
        MalformedException e = assertThrows(MalformedException.class, () -> SignedTrust.parse(file, "trust.json"));
        assertTrue(e.getMessage().contains("under two names"), e::getMessage);
    }

    @Test
    void anUnknownNameIsRefused() {
        String file = CanonicalJson.write(version(1, 1, A).json()).replace("\"builders\"", "\"bilders\"");
        byte[] json = ("{\"trust\":" + file + ",\"signatures\":[]}").getBytes(StandardCharsets.UTF_8);
        assertThrows(MalformedException.class, () -> SignedTrust.parse(json, "trust.json"));
    }

    @Test
    void aTimeOrKeySpeltOtherwiseThanItIsSignedIsRefused() {
        assertMalformed(".000Z", replaced(version(1, 1, A), "00:00:00Z", "00:00:00.000Z"));
        assertMalformed("T24:00:00Z", replaced(version(1, 1, A), "01T00:00:00Z", "01T24:00:00Z"));
        Signer signer = Stream.generate(() -> new KeyPairSigner(KeyPairSigner.generate()))
                .filter(some -> some.publicKey().toString().contains("/"))
                .findFirst()
                .orElseThrow();
        String key = signer.publicKey().toString();
        String urlSafe = key.replace('+', '-').replace('/', '_');
        assertMalformed(urlSafe, replaced(version(1, 1, signer), key, urlSafe));
    }

    @Test
    void aRevocationOfNothingThatCanBeIsRefused() {
        String digest = "ab".repeat(32);
        assertTrue(isRead(Revocation.Kind.KEY, digest));
        assertTrue(isRead(Revocation.Kind.BUILDER, "b1"));
        assertFalse(isRead(Revocation.Kind.KEY, digest.toUpperCase(Locale.ROOT)));
        assertFalse(isRead(Revocation.Kind.CERTIFICATE, "b1"));
        assertFalse(isRead(Revocation.Kind.BUILDER, "B1"));
    }

    private static boolean isRead(Revocation.Kind kind, String id) {
        TrustRoot root = version(1, 1, A);
        var revocation = new Revocation(kind, id, Instant.EPOCH, "a test");
        TrustRoot revoking = new TrustRoot(
                1,
                root.expires(),
                root.root(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(revocation));
        try {
            SignedTrust.parse(SignedTrust.unsigned(revoking).bytes(), "trust.json");
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static String replaced(TrustRoot root, String old, String other) {
        String file = CanonicalJson.write(root.json());
        assertTrue(file.contains(old));
        return "{\"trust\":" + file.replace(old, other) + ",\"signatures\":[]}";
    }

    private static void assertMalformed(String why, String file) {
        byte[] json = file.getBytes(StandardCharsets.UTF_8);
        assertThrows(MalformedException.class, () -> SignedTrust.parse(json, "trust.json"), why);
    }
}
