package dev.quorate.coordinator.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.identity.BuilderKey;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.identity.VouchedKey;
import dev.quorate.identity.VoucherJudge;
import dev.quorate.identity.VoucherJudgement;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Identity;
import dev.quorate.trust.KeyVoucher;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What others might show for a builder's key, each with the refusal that it meets. */
class BuilderKeyJudgeTest {
    private static final BuilderId B1 = new BuilderId("b1");
    private static final P256Key KEY = P256Key.of(KeyPairSigner.generate().getPublic());
    private static final P256Key OTHER = P256Key.of(KeyPairSigner.generate().getPublic());
    private static final Statement STATEMENT = new BuilderKey(B1, KEY).statement();

    private final PrivateSigstore sigstore = new PrivateSigstore();

    private static Identity identity(Instant from, Optional<Instant> until) {
        return new Identity(Signing.ISSUER, Signing.SUBJECT, "private", from, until);
    }

    private static Identity always() {
        return identity(Instant.EPOCH, Optional.empty());
    }

    private List<VouchedKey> judged(byte[] bundle, Identity... identities) throws Exception {
        return judged(Optional.of(new KeyVoucher(Octets.of(bundle))), identities);
    }

    private List<VouchedKey> judged(Optional<KeyVoucher> voucher, Identity... identities) throws Exception {
        var key = new TimedKey(KEY, Instant.EPOCH, Optional.empty(), Optional.empty(), voucher);
        TrustedBuilder builder =
                new TrustedBuilder(B1, "acme", "eu-1", "intel", List.of(key)).withIdentities(List.of(identities));
        TrustRoot trust = IdentityJudgeTest.trust(IdentityJudgeTest.jane(), sigstore.root("private"))
                .edit()
                .maintainers(List.of())
                .builders(List.of(builder))
                .done();
        return VouchedKey.of(trust, VoucherJudge.present());
    }

    private static void refused(IdentityRefusal expected, List<VouchedKey> judged) {
        assertEquals(List.of(new VouchedKey(B1, KEY, new VoucherJudgement.Refused(expected))), judged);
    }

    private void refusedSaying(Statement statement) throws Exception {
        refused(IdentityRefusal.STATEMENT_OTHER, judged(sigstore.bundle(statement.bytes()), always()));
    }

    @Test
    void theKeyIsTheBuildersOnItsIdentitysWord() throws Exception {
        assertInstanceOf(BuilderKeyJudge.class, VoucherJudge.present(), "the service of this module");
        var signing = new Signing(sigstore, STATEMENT.bytes());
        Instant stamped = signing.logged.minusSeconds(9);
        signing.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, stamped));
        var good = assertInstanceOf(
                VoucherJudgement.Good.class,
                judged(signing.bundle(), always()).getFirst().judgement());
        assertEquals(always(), good.identity());
        assertEquals(stamped, good.time(), "the earliest word");
    }

    @Test
    void anIdentityCountsAsOfTheTimeOfSigning() throws Exception {
        var signing = new Signing(sigstore, STATEMENT.bytes());
        Instant signed = signing.logged;
        byte[] bundle = signing.bundle();
        Identity exact = identity(signed, Optional.of(signed.plusSeconds(1)));
        assertInstanceOf(
                VoucherJudgement.Good.class, judged(bundle, exact).getFirst().judgement());
        Identity later = identity(signed.plusSeconds(1), Optional.empty());
        refused(IdentityRefusal.IDENTITY_NOT_BUILDERS, judged(bundle, later));
        Identity over = identity(Instant.EPOCH, Optional.of(signed));
        refused(IdentityRefusal.IDENTITY_NOT_BUILDERS, judged(bundle, over));
    }

    @Test
    void anotherStatementIsRefused() throws Exception {
        refusedSaying(new BuilderKey(B1, OTHER).statement());
        refusedSaying(new BuilderKey(new BuilderId("b2"), KEY).statement());
        refusedSaying(new Statement(STATEMENT.subjects(), "https://example/v1", STATEMENT.predicate()));
        refusedSaying(new Statement(
                List.of(STATEMENT.subjects().getFirst(), new Subject("more", OTHER.id())),
                STATEMENT.predicateType(),
                STATEMENT.predicate()));
    }

    @Test
    void onlyItsSpellingMayDiffer() throws Exception {
        String text = new String(STATEMENT.bytes(), StandardCharsets.US_ASCII);
        byte[] spaced = text.replace(",", ",\n  ").getBytes(StandardCharsets.US_ASCII);
        assertInstanceOf(
                VoucherJudgement.Good.class,
                judged(sigstore.bundle(spaced), always()).getFirst().judgement());
        byte[] more = text.replace("{\"_type\"", "{\"_more\":1,\"_type\"").getBytes(StandardCharsets.US_ASCII);
        refused(IdentityRefusal.STATEMENT_OTHER, judged(sigstore.bundle(more), always()));
    }

    @Test
    void anothersBundleIsRefused() throws Exception {
        byte[] bundle = sigstore.bundle(STATEMENT.bytes());
        refused(IdentityRefusal.IDENTITY_NOT_BUILDERS, judged(bundle));
        var neighbour = new Identity(Signing.ISSUER, Signing.SUBJECT + "/", "private", Instant.EPOCH, Optional.empty());
        refused(IdentityRefusal.IDENTITY_NOT_BUILDERS, judged(bundle, neighbour));
        var elsewhere =
                new Identity("https://evil.example", Signing.SUBJECT, "private", Instant.EPOCH, Optional.empty());
        refused(IdentityRefusal.ISSUER_OTHER, judged(bundle, elsewhere));
        byte[] under = new PrivateSigstore().bundle(STATEMENT.bytes());
        refused(IdentityRefusal.CHAIN_UNTRUSTED, judged(under, always()));
    }

    @Test
    void theGuardsOfAMaintainersBundleHoldOfABuilders() throws Exception {
        var late = new Signing(sigstore, STATEMENT.bytes());
        late.logged = Signing.CERTIFIED.plus(Duration.ofDays(1));
        refused(IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE, judged(late.bundle(), always()));
        var never = new Signing(sigstore, STATEMENT.bytes());
        never.promised = false;
        refused(IdentityRefusal.TIME_MISSING, judged(never.bundle(), always()));
    }

    @Test
    void whatIsNoBundleOrIsMissingIsSaid() throws Exception {
        refused(IdentityRefusal.BUNDLE_MALFORMED, judged(new byte[] {'{', '}'}, always()));
        refused(IdentityRefusal.VOUCHER_MISSING, judged(Optional.empty(), always()));
        assertEquals(List.of(), judged(Optional.empty()), "a builder without identities needs no vouchers");
    }
}
