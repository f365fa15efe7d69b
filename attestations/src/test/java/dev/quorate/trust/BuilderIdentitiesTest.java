package dev.quorate.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Builders' identities and vouchers in a trust root's file. */
class BuilderIdentitiesTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    private static P256Key key() {
        return P256Key.of(KeyPairSigner.generate().getPublic());
    }

    private static Identity identity(String subject, String root) {
        return new Identity("https://issuer.example", subject, root, FROM, Optional.empty());
    }

    private static TrustedBuilder builder(String id, String operator, Identity... identities) {
        var key = new TimedKey(key(), FROM, Optional.empty()).with(new KeyVoucher(Octets.of(new byte[] {'{', '}'})));
        return new TrustedBuilder(new BuilderId(id), operator, "zone", "intel", List.of(key))
                .withIdentities(List.of(identities));
    }

    private static TrustRoot trust(List<Principal> maintainers, TrustedBuilder... builders) {
        byte[] root = "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}"
                .getBytes(StandardCharsets.UTF_8);
        return new TrustRoot(
                        1,
                        FROM.plusSeconds(9),
                        new RootKeys(1, List.of(new RootKey("root", key()))),
                        List.of(builders),
                        List.of(),
                        maintainers,
                        List.of(),
                        List.of(),
                        List.of())
                .edit()
                .sigstoreRoots(List.of(new SigstoreRoot("private", root)))
                .done();
    }

    private static TrustRoot read(TrustRoot trust) throws MalformedException {
        return SignedTrust.parse(SignedTrust.unsigned(trust).bytes(), "trust").trust();
    }

    private static String refused(TrustRoot trust) {
        return assertThrows(MalformedException.class, () -> read(trust)).getMessage();
    }

    @Test
    void theyAreReadAsTheyWereWritten() throws Exception {
        TrustRoot trust = trust(List.of(), builder("b1", "acme", identity("acme", "private")));
        assertEquals(trust, read(trust));
        var plain = new TrustedBuilder(new BuilderId("b1"), "acme", "zone", "intel", List.of());
        String bare = CanonicalJson.write(trust(List.of(), plain).json());
        assertFalse(bare.contains("identities") || bare.contains("voucher"), bare);
    }

    @Test
    void anOperatorsBuildersMayHaveOneIdentity() throws Exception {
        Identity acme = identity("acme", "private");
        TrustRoot trust = trust(List.of(), builder("b1", "acme", acme), builder("b2", "acme", acme));
        assertEquals(trust, read(trust));
    }

    @Test
    void anIdentityIsOneOperatorsAndNoMaintainers() {
        Identity shared = identity("acme", "private");
        String twice = "names the identity acme twice; it is one operator's, and no maintainer's";
        assertTrue(refused(trust(List.of(), builder("b1", "acme", shared), builder("b2", "other", shared)))
                .contains(twice));
        assertTrue(
                refused(trust(List.of(), builder("b1", "acme", shared, shared))).contains(twice));
        var jane = new Principal("jane", List.of(), List.of(shared));
        assertTrue(refused(trust(List.of(jane), builder("b1", "acme", shared))).contains(twice));
    }

    @Test
    void anIdentityIsUnderARootThatIsThere() {
        assertTrue(refused(trust(List.of(), builder("b1", "acme", identity("acme", "public"))))
                .contains("gives b1 an identity under public, which is none of sigstoreRoots"));
    }

    @Test
    void aVoucherHasALimit() {
        var longest = Octets.of(new byte[KeyVoucher.MAX_BYTES]);
        assertEquals(longest, new KeyVoucher(longest).bundle());
        var longer = Octets.of(new byte[KeyVoucher.MAX_BYTES + 1]);
        assertThrows(IllegalArgumentException.class, () -> new KeyVoucher(longer));
    }
}
