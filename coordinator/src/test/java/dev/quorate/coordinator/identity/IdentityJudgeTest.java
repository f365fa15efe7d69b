package dev.quorate.coordinator.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.Identity;
import dev.quorate.trust.Principal;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TrustRoot;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What others might show in a maintainer's name, each with the refusal that it meets. */
class IdentityJudgeTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    static final byte[] STATEMENT = statement("{\"x\":1}");

    private final PrivateSigstore sigstore = new PrivateSigstore();
    private final KeyPair stranger = KeyPairSigner.generate();

    private static byte[] statement(String predicate) {
        return ("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"spec\",\"digest\":{\"sha256\":\""
                        + "ab".repeat(32) + "\"}}],\"predicateType\":\"https://example/v1\",\"predicate\":" + predicate
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Something that is wrong with a signature. */
    private interface Flaw {
        void in(Signing signing) throws Exception;
    }

    static TrustRoot trust(Identity identity, SigstoreRoot root) {
        P256Key key = P256Key.of(KeyPairSigner.generate().getPublic());
        return new TrustRoot(
                        1,
                        NOW.plus(Duration.ofDays(30)),
                        new RootKeys(1, List.of(new RootKey("root", key))),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())
                .edit()
                .maintainers(List.of(new Principal("jane", List.of(), List.of(identity))))
                .sigstoreRoots(List.of(root))
                .done();
    }

    static Identity jane() {
        return new Identity(Signing.ISSUER, Signing.SUBJECT, "private", FROM, Optional.empty());
    }

    static Judged judge(byte[] bundle, TrustRoot trust) throws MalformedException {
        return IdentityJudge.judge(KeylessBundle.parse(bundle, "bundle"), trust, NOW);
    }

    private TrustRoot trust() throws Exception {
        return trust(jane(), sigstore.root("private"));
    }

    private DynamicTest refused(IdentityRefusal expected, String name, Flaw flaw) {
        return DynamicTest.dynamicTest(expected + ": " + name, () -> {
            var signing = new Signing(sigstore, STATEMENT);
            flaw.in(signing);
            assertEquals(new Judged.Refused(expected), judge(signing.bundle(), trust()));
        });
    }

    @Test
    void anHonestSignatureIsTheIdentitys() throws Exception {
        var good = assertInstanceOf(Judged.Good.class, judge(new Signing(sigstore, STATEMENT).bundle(), trust()));
        assertEquals(jane(), good.identity());
        assertArrayEquals(STATEMENT, good.payload().bytes());
    }

    @Test
    void anEmailAddressIsASubjectToo() throws Exception {
        var signing = new Signing(sigstore, STATEMENT);
        signing.subjects = new GeneralName[] {new GeneralName(GeneralName.rfc822Name, "jane@example.org")};
        var identity = new Identity(Signing.ISSUER, "jane@example.org", "private", FROM, Optional.empty());
        assertInstanceOf(Judged.Good.class, judge(signing.bundle(), trust(identity, sigstore.root("private"))));
    }

    @TestFactory
    Stream<DynamicTest> attacks() {
        return Stream.of(
                refused(
                        IdentityRefusal.IDENTITY_NOT_NAMED,
                        "another subject",
                        s -> s.subjects = new GeneralName[] {
                            new GeneralName(GeneralName.uniformResourceIdentifier, Signing.SUBJECT + "/")
                        }),
                refused(
                        IdentityRefusal.CERTIFICATE_UNFIT,
                        "two subjects",
                        s -> s.subjects = new GeneralName[] {
                            s.subjects[0], new GeneralName(GeneralName.rfc822Name, "jane@example.org")
                        }),
                refused(
                        IdentityRefusal.CERTIFICATE_UNFIT,
                        "for TLS servers",
                        s -> s.purpose = KeyPurposeId.id_kp_serverAuth),
                refused(
                        IdentityRefusal.ISSUER_OTHER,
                        "the same subject by another issuer",
                        s -> s.issuer = "https://evil.example"),
                refused(IdentityRefusal.SIGNATURE_INVALID, "signed with another key", s -> s.signing = stranger),
                refused(IdentityRefusal.PAYLOAD_NOT_ASCII, "beyond ASCII, rightly signed", s -> {
                    s.statement = statement("{\"x\":\"\u00e4\"}");
                    s.loggedStatement = s.statement;
                }),
                refused(
                        IdentityRefusal.ENTRY_OTHER,
                        "another statement was logged",
                        s -> s.loggedStatement = statement("{\"x\":2}")),
                refused(IdentityRefusal.TIME_MISSING, "nobody says when", s -> s.promised = false),
                refused(
                        IdentityRefusal.CHAIN_UNTRUSTED,
                        "certified by another authority of that name",
                        s -> s.authority = stranger),
                refused(IdentityRefusal.SCT_INVALID, "in no certificate log", s -> s.withScts = false),
                refused(IdentityRefusal.SCT_INVALID, "in another's certificate log", s -> s.certificateLog = stranger),
                refused(
                        IdentityRefusal.ENTRY_TIMESTAMP_INVALID,
                        "the time is not the log's word",
                        s -> s.promising = stranger),
                refused(IdentityRefusal.INCLUSION_INVALID, "not in the tree", s -> s.otherPath = true),
                refused(
                        IdentityRefusal.CHECKPOINT_INVALID,
                        "a tree that the log did not sign",
                        s -> s.checkpointing = stranger),
                refused(
                        IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE,
                        "logged a day late, which sigstore-java takes",
                        s -> s.logged = Signing.CERTIFIED.plus(Duration.ofDays(1))),
                refused(
                        IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE,
                        "logged a second late",
                        s -> s.logged = Signing.CERTIFIED.plusSeconds(601)),
                refused(
                        IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE,
                        "logged a second early",
                        s -> s.logged = Signing.CERTIFIED.minusSeconds(1)));
    }

    @Test
    void aTokenOfATimeStampingAuthoritySaysWhenItWasSigned() throws Exception {
        var signing = new Signing(sigstore, STATEMENT);
        signing.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, signing.logged));
        assertInstanceOf(Judged.Good.class, judge(signing.bundle(), trust()), "beside the log's word");
        signing.promised = false;
        assertInstanceOf(Judged.Good.class, judge(signing.bundle(), trust()), "alone");
    }

    private Signing tiled() {
        var signing = new Signing(sigstore, STATEMENT);
        signing.tiled = true;
        signing.promised = false;
        signing.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, signing.logged));
        return signing;
    }

    private void refusedTiled(IdentityRefusal expected, Flaw flaw) throws Exception {
        Signing signing = tiled();
        flaw.in(signing);
        assertEquals(new Judged.Refused(expected), judge(signing.bundle(), trust()));
    }

    @Test
    void anEntryOfATiledLogNeedsAToken() throws Exception {
        assertInstanceOf(Judged.Good.class, judge(tiled().bundle(), trust()));
        refusedTiled(IdentityRefusal.TIME_MISSING, s -> s.stamping = List.of());
        Instant late = Signing.CERTIFIED.plus(Duration.ofMinutes(10)).plusSeconds(1);
        refusedTiled(
                IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE,
                s -> s.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, late)));
        var unknown = new TimeStamper();
        refusedTiled(
                IdentityRefusal.TOKEN_INVALID,
                s -> s.stamping = List.of(signature -> unknown.stamp(signature, s.logged)));
        refusedTiled(IdentityRefusal.ENTRY_OTHER, s -> s.loggedStatement = statement("{\"x\":2}"));
        refusedTiled(IdentityRefusal.INCLUSION_INVALID, s -> s.otherPath = true);
        refusedTiled(IdentityRefusal.CHECKPOINT_INVALID, s -> s.checkpointing = stranger);
        refusedTiled(IdentityRefusal.CHAIN_UNTRUSTED, s -> s.authority = stranger);
        refusedTiled(IdentityRefusal.SCT_INVALID, s -> s.withScts = false);
        refusedTiled(IdentityRefusal.SIGNATURE_INVALID, s -> s.signing = stranger);
        assertEquals(
                new Judged.Refused(IdentityRefusal.LOGGED_OUTSIDE_LOG_KEY),
                judge(
                        tiled().bundle(),
                        trust(
                                jane(),
                                sigstore.root(
                                        "private",
                                        PrivateSigstore.ALWAYS,
                                        PrivateSigstore.ALWAYS,
                                        PrivateSigstore.ENDED,
                                        PrivateSigstore.ALWAYS))));
    }

    @Test
    void aTiledLogPromisesNoTime() throws Exception {
        Signing promising = tiled();
        promising.promised = true;
        assertThrows(MalformedException.class, () -> judge(promising.bundle(), trust()));
    }

    @TestFactory
    Stream<DynamicTest> falseTokens() {
        var unknown = new TimeStamper();
        Instant late = Signing.CERTIFIED.plus(Duration.ofMinutes(10)).plusSeconds(1);
        return Stream.of(
                refused(
                        IdentityRefusal.TOKEN_INVALID,
                        "by an authority of the same name",
                        s -> s.stamping = List.of(signature -> unknown.stamp(signature, s.logged))),
                refused(
                        IdentityRefusal.TOKEN_INVALID,
                        "over another signature",
                        s -> s.stamping = List.of(signature -> sigstore.timeAuthority.stamp(new byte[] {1}, s.logged))),
                refused(
                        IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE,
                        "stamped a second late, which the log denies",
                        s -> s.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, late))),
                refused(IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE, "stamped a second late", s -> {
                    s.promised = false;
                    s.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, late));
                }),
                refused(IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE, "logged a second late, stamped early", s -> {
                    s.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, s.logged));
                    s.logged = late;
                }));
    }

    private void refusedUnder(IdentityRefusal expected, TrustRoot trust) throws Exception {
        assertEquals(new Judged.Refused(expected), judge(new Signing(sigstore, STATEMENT).bundle(), trust));
    }

    @Test
    void whatTheSigstoreRootNoLongerVouchesForIsRefused() throws Exception {
        String always = PrivateSigstore.ALWAYS;
        String ended = PrivateSigstore.ENDED;
        refusedUnder(
                IdentityRefusal.LOGGED_OUTSIDE_LOG_KEY,
                trust(jane(), sigstore.root("private", always, always, ended, always)));
        refusedUnder(
                IdentityRefusal.CHAIN_UNTRUSTED,
                trust(jane(), sigstore.root("private", ended, always, always, always)));
        refusedUnder(
                IdentityRefusal.SCT_INVALID, trust(jane(), sigstore.root("private", always, ended, always, always)));
        var stamped = new Signing(sigstore, STATEMENT);
        stamped.stamping = List.of(signature -> sigstore.timeAuthority.stamp(signature, stamped.logged));
        assertEquals(
                new Judged.Refused(IdentityRefusal.TOKEN_INVALID),
                judge(stamped.bundle(), trust(jane(), sigstore.root("private", always, always, always, ended))));
    }

    @Test
    void anotherRootAndOneThatIsNoneAreRefused() throws Exception {
        refusedUnder(IdentityRefusal.CHAIN_UNTRUSTED, trust(jane(), new PrivateSigstore().root("private")));
        var mixed = new PrivateSigstore();
        var signing = new Signing(mixed, STATEMENT);
        signing.authority = sigstore.authority;
        signing.certificateLog = mixed.certificateLog;
        assertInstanceOf(Judged.Refused.class, judge(signing.bundle(), trust()));
        var empty = new SigstoreRoot(
                "private",
                "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\",\"tlogs\":7}"
                        .getBytes(StandardCharsets.UTF_8));
        refusedUnder(IdentityRefusal.ROOT_UNUSABLE, trust(jane(), empty));
    }

    @Test
    void anIdentityCountsOnlyWhileTheTrustRootSaysSo() throws Exception {
        SigstoreRoot root = sigstore.root("private");
        var later = new Identity(Signing.ISSUER, Signing.SUBJECT, "private", NOW.plusSeconds(1), Optional.empty());
        refusedUnder(IdentityRefusal.IDENTITY_NOT_NAMED, trust(later, root));
        var over = new Identity(Signing.ISSUER, Signing.SUBJECT, "private", FROM, Optional.of(NOW));
        refusedUnder(IdentityRefusal.IDENTITY_NOT_NAMED, trust(over, root));
    }

    @Test
    void anEntryOfAnotherCertificateForTheSameKeyIsRefused() throws Exception {
        var signing = new Signing(sigstore, STATEMENT);
        byte[] shown = signing.certificate();
        byte[] logged = signing.certificate();
        assertEquals(new Judged.Refused(IdentityRefusal.ENTRY_OTHER), judge(signing.bundle(shown, logged), trust()));
    }

    @Test
    void whatASigningToolWritesOtherwiseIsMalformed() throws Exception {
        String good = new String(new Signing(sigstore, STATEMENT).bundle(), StandardCharsets.UTF_8);
        for (String[] change : new String[][] {
            {"bundle.v0.3", "bundle.v0.2"},
            {"\"0.0.1\"", "\"0.0.2\""},
            {"\"treeSize\":\"7\"", "\"treeSize\":\"6\""},
            {"\\n7\\n", "\\n6\\n"},
            {"\"logIndex\":\"3\"", "\"logIndex\":\"03\""},
            {"\"inclusionPromise\"", "\"promise\""},
            {"\"tlogEntries\":[", "\"tlogEntries\":[],\"more\":["},
            {"{\"mediaType\"", "{\"extra\":1,\"mediaType\""}
        }) {
            String bad = good.replace(change[0], change[1]);
            assertNotEquals(good, bad);
            assertThrows(
                    MalformedException.class,
                    () -> KeylessBundle.parse(bad.getBytes(StandardCharsets.UTF_8), "bundle"),
                    change[1]);
        }
    }
}
