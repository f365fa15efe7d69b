package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.SoftSnp;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.kit.Kit;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Vote;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustedHost;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two builders whose hosts have TPMs, and a coordinator whose policy wants them measured. */
class AdmissionTest {
    private static final BuilderId B1 = new BuilderId("b1");
    private static final BuilderId B2 = new BuilderId("b2");
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final MovableClock clock = new MovableClock();
    private final Map<BuilderId, SoftTpm> tpms = Map.of(
            B1, new SoftTpm("t1").measure(4, "kernel"),
            B2, new SoftTpm("t2").measure(4, "kernel"));
    private Lab lab;
    private Client anyone;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        lab = new Lab(directory, 2, "hostCertificates: 30m\nlease: 10h\n");
        lab.stop();
        var kernel = List.of(new PcrReference(4, List.of(tpms.get(B1).pcr(4))));
        var judged = new HostTrust(
                List.of(new Maker("maker", List.of(SoftTpm.certificate("maker")))),
                List.of(new Tpm2Profile("p", kernel, List.of(), false)));
        Files.write(
                lab.config.trust(),
                lab.hosting(
                                judged,
                                Map.of(
                                        B1,
                                        tpms.get(B1).host("p"),
                                        B2,
                                        tpms.get(B2).host("p")))
                        .bytes());
        Files.writeString(
                lab.config.policy(),
                "threshold: 2\ndistinct: {zone: 2}\nhosts: measured\ndissent: blocks\nwitnesses: 0\nfreshness: 90d\n");
        lab.start(clock.withZone(ZoneOffset.UTC));
        anyone = lab.anonymous();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Nonce nonce(BuilderId builder) throws Exception {
        return Nonce.parse(Client.json(
                        lab.as(builder).post("/v1/enrol/nonce", Json.object().build()))
                .string("nonce"));
    }

    private HttpResponse<byte[]> admit(BuilderId builder, ShownHost shown) throws Exception {
        return lab.as(builder).post("/v1/enrol", shown.json());
    }

    private record Admitted(FakeAgent agent, X509Certificate certificate, ShownHost shown) {}

    private Admitted admitted(BuilderId builder) throws Exception {
        ShownHost shown = ShownHost.of(builder, tpms.get(builder), new Occasion.OfEnrolment(nonce(builder)));
        X509Certificate certificate = certificate(admit(builder, shown));
        Client client = lab.showing(shown.pair(), certificate);
        return new Admitted(new FakeAgent(builder, client, lab.builders.get(builder)), certificate, shown);
    }

    private static X509Certificate certificate(HttpResponse<byte[]> answer) throws Exception {
        assertEquals(200, answer.statusCode(), () -> text(answer));
        byte[] der = Client.json(answer).string("certificate", Base64Text::decode);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private HttpResponse<byte[]> lease(FakeAgent agent) throws Exception {
        return agent.lease(
                0, lab.trust.trust().certifiers().getFirst().keys().getFirst().key());
    }

    private HttpResponse<byte[]> beat(FakeAgent agent) throws Exception {
        return lab.as(agent.id)
                .post(
                        agent.path("heartbeat"),
                        Json.object().put("token", agent.token).build());
    }

    private RoundId submit(String name) throws Exception {
        return Client.json(anyone.post(
                        "/v1/rounds",
                        lab.submission(Lab.spec(name, name.getBytes(StandardCharsets.UTF_8)), List.of())
                                .json()))
                .string("round", RoundId::parse);
    }

    /** Asks until a round has been counted. */
    private Fields counted(RoundId round) throws Exception {
        while (true) {
            Fields status = Client.json(anyone.get("/v1/rounds/" + round));
            if (!status.string("verdict").equals("PENDING")) {
                return status;
            }
            Thread.onSpinWait();
        }
    }

    private Fields host(BuilderId builder) throws Exception {
        List<Fields> all = Client.json(anyone.get("/v1/builders")).objects("builders", 10, one -> one);
        return all.stream()
                .filter(one -> is(one, builder))
                .findFirst()
                .orElseThrow()
                .object("host");
    }

    private static boolean is(Fields one, BuilderId builder) {
        try {
            return one.string("builder").equals(builder.text());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int notices() throws Exception {
        byte[] lines = anyone.get("/v1/builders/notices").body();
        return lines.length == 0 ? 0 : Kit.parse(lines, "notices").bundles().size();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aCertificateHasItsProfile() throws Exception {
        Admitted b1 = admitted(B1);
        X509Certificate certificate = b1.certificate();
        assertEquals(
                "CN=quorate.example hosts", certificate.getIssuerX500Principal().getName());
        assertEquals("CN=b1", certificate.getSubjectX500Principal().getName());
        assertArrayEquals(
                b1.shown().pair().getPublic().getEncoded(),
                certificate.getPublicKey().getEncoded());
        assertEquals(-1, certificate.getBasicConstraints());
        assertTrue(certificate.getCriticalExtensionOIDs().containsAll(List.of("2.5.29.19", "2.5.29.15")));
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        boolean[] usage = certificate.getKeyUsage();
        assertTrue(usage[0]);
        for (int bit = 1; bit < usage.length; bit++) {
            assertFalse(usage[bit]);
        }
        String evidence = b1.shown().envelope().digest().hex();
        List<Object> names = new ArrayList<>();
        certificate.getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
        assertEquals(
                List.of(
                        "https://quorate.dev/builder/b1",
                        "https://quorate.dev/operator/operator-b1",
                        "https://quorate.dev/zone/zone-0",
                        "https://quorate.dev/evidence/sha256:" + evidence),
                names);
        assertEquals(
                LIFE,
                Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()));
        assertEquals(127, certificate.getSerialNumber().bitLength());
    }

    @Test
    void workIsLeasedWhileTheNewestCertificateStands() throws Exception {
        Admitted first = admitted(B1);
        submit("hello");
        var named = new FakeAgent(B1, lab.as(B1), lab.builders.get(B1));
        assertEquals("host-not-admitted", Client.problem(lease(named)));
        assertEquals(200, lease(first.agent()).statusCode());
        assertEquals(200, beat(first.agent()).statusCode());
        Admitted second = admitted(B1);
        assertEquals(200, beat(first.agent()).statusCode());
        assertEquals("certificate-void", Client.problem(lease(first.agent())));
        assertEquals(200, lease(second.agent()).statusCode());
        // A renewal that changes nothing is no change: the evidence and the notice of the first admission are all.
        assertEquals(2, notices());
        clock.pass(LIFE);
        assertEquals("lease-lost", Client.problem(beat(second.agent())));
        assertEquals("certificate-expired", Client.problem(lease(second.agent())));
        assertEquals(200, lease(admitted(B1).agent()).statusCode());
    }

    @Test
    void aChangedHostLosesAtOnceWhatItHasAndARestartRemembersIt() throws Exception {
        Admitted b1 = admitted(B1);
        RoundId round = submit("hello");
        assertEquals(200, lease(b1.agent()).statusCode());
        tpms.get(B1).measure(4, "rootkit");
        HttpResponse<byte[]> refused = admit(B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1))));
        assertEquals("host-refused", Client.problem(refused));
        assertTrue(text(refused).contains("PCR_UNEXPECTED"), () -> text(refused));
        assertEquals("lease-lost", Client.problem(beat(b1.agent())));
        assertEquals("certificate-void", Client.problem(lease(b1.agent())));
        // Two are needed, and one is left: nobody waits for a deadline.
        Fields status = counted(round);
        assertEquals("INSUFFICIENT", status.string("verdict"));
        assertTrue(status.string("reason").contains("b1 was taken off the round: UNATTESTED, PCR_UNEXPECTED"));
        assertEquals("LOST", host(B1).string("standing"));
        assertTrue(host(B1).string("reason").startsWith("PCR_UNEXPECTED"));
        assertEquals(4, notices());
        explained(round, "PCR_UNEXPECTED");
        lab.stop();
        lab.start(clock.withZone(ZoneOffset.UTC));
        anyone = lab.anonymous();
        assertEquals("LOST", host(B1).string("standing"));
        assertEquals(4, notices());
        admit(B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1))));
        assertEquals(4, notices());
        // What opens while it is lost does not wait for it either.
        RoundId later = submit("world");
        assertEquals("INSUFFICIENT", counted(later).string("verdict"));
        explained(later, "PCR_UNEXPECTED");
        // The evidence of admission stays what it is, and is no part of rounds.
        assertEquals(4, notices());
    }

    /** Whoever has the kit alone is told of b1 what the coordinator tells, and nobody of b2 anything. */
    private void explained(RoundId round, String refusal) throws Exception {
        Fields status = logged(round);
        Fields told = builder(status, B1);
        assertEquals("UNATTESTED", told.string("outcome"));
        assertTrue(told.string("reason").contains("the coordinator says that it lost the host"));
        assertTrue(told.string("reason").contains(refusal + ": "));
        byte[] kit = anyone.get("/v1/rounds/" + round + "/kit").body();
        var verifier = new Verifier(
                SignedTrust.parse(anyone.get("/v1/trust").body(), "trust"),
                lab.policy(),
                clock.instant(),
                Optional.empty());
        Report report = verifier.verify(List.of(new Artifact("any", Sha256.of("any"))), kit, "kit");
        assertEquals(RefusalCode.INSUFFICIENT, report.refusals().getFirst().code());
        for (BuilderId id : List.of(B1, B2)) {
            Vote vote = report.votes().stream()
                    .filter(v -> v.builder().equals(id))
                    .findFirst()
                    .orElseThrow();
            assertEquals(builder(status, id).string("outcome"), vote.outcome());
        }
        assertEquals(
                told.string("reason"),
                report.votes().stream()
                        .filter(v -> v.builder().equals(B1))
                        .findFirst()
                        .orElseThrow()
                        .reason());
    }

    private Fields logged(RoundId round) throws Exception {
        while (true) {
            Fields status = Client.json(anyone.get("/v1/rounds/" + round));
            if (status.string("state").equals("LOGGED")) {
                return status;
            }
            Thread.onSpinWait();
        }
    }

    private static Fields builder(Fields status, BuilderId builder) throws Exception {
        return status.objects("builders", 10, one -> one).stream()
                .filter(one -> is(one, builder))
                .findFirst()
                .orElseThrow();
    }

    /** How a later trust root can say that a machine is no longer a builder's. */
    private enum Gone {
        HOST_REVOKED,
        ITS_KEY_REVOKED,
        NO_LONGER_NAMED;

        SignedTrust after(SignedTrust trust, Lab lab) throws Exception {
            var host = (TrustedHost.Tpm2)
                    trust.trust().builder(B1).orElseThrow().hosts().getFirst();
            Instant since = Instant.parse("2026-01-02T00:00:00Z");
            return switch (this) {
                case HOST_REVOKED ->
                    lab.after(
                            trust,
                            new Revocation(Revocation.Kind.HOST, host.id().toString(), since, "stolen"));
                case ITS_KEY_REVOKED ->
                    lab.after(
                            trust,
                            new Revocation(Revocation.Kind.KEY, host.ak().id().hex(), since, "leaked"));
                case NO_LONGER_NAMED -> lab.hostless(trust, B1);
            };
        }

        String refusal() {
            return this == NO_LONGER_NAMED ? "HOST_UNKNOWN" : "HOST_REVOKED";
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatALaterTrustRootTakesOutIsLostAtOnce(Gone gone) throws Exception {
        Admitted b1 = admitted(B1);
        // A renewal is not logged, and its evidence is none that anybody could look up.
        Admitted renewed = admitted(B1);
        RoundId round = submit("hello");
        assertEquals(200, lease(renewed.agent()).statusCode());
        SignedTrust before = SignedTrust.parse(Files.readAllBytes(lab.config.trust()), "trust");
        HttpResponse<byte[]> taken =
                anyone.send("POST", "/v1/trust", gone.after(before, lab).bytes());
        assertEquals(200, taken.statusCode(), () -> text(taken));
        // Nobody has shown or asked anything since.
        assertEquals("LOST", host(B1).string("standing"));
        assertTrue(host(B1).string("reason").startsWith(gone.refusal() + ": "), host(B1).string("reason"));
        assertEquals(b1.shown().envelope().digest().hex(), host(B1).string("evidence"));
        assertEquals(3, notices());
        assertEquals("lease-lost", Client.problem(beat(renewed.agent())));
        assertEquals("certificate-void", Client.problem(lease(renewed.agent())));
        assertEquals("INSUFFICIENT", counted(round).string("verdict"));
        explained(round, gone.refusal());
        refused(gone.refusal(), B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1))));
        lab.stop();
        lab.start(clock.withZone(ZoneOffset.UTC));
        anyone = lab.anonymous();
        assertEquals("LOST", host(B1).string("standing"));
        assertEquals(3, notices());
    }

    @Test
    void aLostProcessorIsKnownByItsNumber() throws Exception {
        var chip = new SoftSnp(1);
        SignedTrust before = SignedTrust.parse(Files.readAllBytes(lab.config.trust()), "trust");
        HttpResponse<byte[]> taken = anyone.send(
                "POST",
                "/v1/trust",
                lab.confidential(before, B1, chip.host("s")).bytes());
        assertEquals(200, taken.statusCode(), () -> text(taken));
        var occasion = new Occasion.OfEnrolment(nonce(B1));
        KeyPair pair = KeyPairSigner.generate();
        var key = P256Key.of(pair.getPublic());
        HostReport debuggable = chip.report(
                HostEvidence.binding(B1, occasion, key), bytes -> bytes.putLong(8, bytes.getLong(8) | 1L << 19));
        refused("GUEST_POLICY", B1, ShownHost.of(pair, B1, occasion, debuggable));
        assertEquals("LOST", host(B1).string("standing"));
        assertEquals(chip.host("s").id().toString(), host(B1).string("id"));
    }

    @Test
    void whatIsNotTheHostsWordTakesNothingAway() throws Exception {
        Admitted b1 = admitted(B1);
        submit("hello");
        assertEquals(200, lease(b1.agent()).statusCode());
        // Another host's quote, one for another nonce, one that was used, another builder's nonce and another's name.
        refused("HOST_UNKNOWN", B1, ShownHost.of(B1, tpms.get(B2), new Occasion.OfEnrolment(nonce(B1))));
        refused(
                "challenge-unknown",
                B1,
                ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(Nonce.of(new byte[32]))));
        refused("challenge-unknown", B1, b1.shown());
        refused("challenge-unknown", B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B2))));
        refused("envelope-refused", B1, ShownHost.of(B2, tpms.get(B2), new Occasion.OfEnrolment(nonce(B1))));
        refused(
                "envelope-refused",
                B1,
                ShownHost.of(
                        B1,
                        tpms.get(B1),
                        new Occasion.OfRound(
                                b1.agent().opening.round(),
                                b1.shown().envelope().digest())));
        Nonce late = nonce(B1);
        clock.pass(Duration.ofMinutes(3));
        refused("challenge-unknown", B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(late)));
        // A quote over another key than the one that it is shown with.
        Nonce fresh = nonce(B1);
        ShownHost good = ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(fresh));
        KeyPair thiefs = KeyPairSigner.generate();
        HostReport borrowed = HostEvidence.parse(
                        good.envelope().verify(good.key()).orElseThrow())
                .report();
        refused("BINDING_MISMATCH", B1, ShownHost.of(thiefs, B1, new Occasion.OfEnrolment(fresh), borrowed));
        assertEquals(200, beat(b1.agent()).statusCode());
        assertEquals(200, lease(b1.agent()).statusCode());
        assertEquals("ADMITTED", host(B1).string("standing"));
        assertEquals(2, notices());
    }

    private void refused(String reason, BuilderId builder, ShownHost shown) throws Exception {
        HttpResponse<byte[]> answer = admit(builder, shown);
        assertTrue(answer.statusCode() / 100 == 4 && text(answer).contains(reason), () -> text(answer));
    }

    @Test
    void aCertificateIsOneBuildersAndOfThisAuthority() throws Exception {
        Admitted b1 = admitted(B1);
        admitted(B2);
        submit("hello");
        // In another's name and without the authority's key.
        var forger = KeyPairSigner.generate();
        for (String name : List.of("b1", "b2", "quorate.example hosts")) {
            X509Certificate forged = TestCertificates.certificate(
                    name, forger, b1.shown().pair(), clock.instant().minusSeconds(60), LIFE);
            Client client = lab.showing(b1.shown().pair(), forged);
            HttpResponse<byte[]> answer = lease(new FakeAgent(B2, client, lab.builders.get(B2)));
            assertEquals(403, answer.statusCode(), () -> text(answer));
        }
        // What b1 leases with its certificate is b1's work.
        assertEquals(200, lease(b1.agent()).statusCode());
        var other = new FakeAgent(B2, lab.as(B2), lab.builders.get(B2));
        other.opening = b1.agent().opening;
        other.token = b1.agent().token;
        assertEquals("lease-lost", Client.problem(beat(other)));
    }

    @Test
    void hostileInputIsRefusedAndAdmitsNobody() throws Exception {
        Client b1 = lab.as(B1);
        ShownHost good = ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1)));
        String key = P256Key.of(good.pair().getPublic()).toString();
        String envelope = dev.quorate.json.CanonicalJson.write(good.envelope().json());
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"key\":7,\"envelope\":{}}",
                "{\"key\":\"" + key + "\"}",
                "{\"key\":\"" + key + "\",\"envelope\":{}}",
                "{\"key\":\"" + key + "\",\"envelope\":" + envelope + ",\"x\":1}",
                "{\"key\":\"" + key + "\",\"key\":\"" + key + "\",\"envelope\":" + envelope + "}",
                "{\"key\":\"\",\"envelope\":" + envelope + "}",
                "{\"key\":\"" + "A".repeat(124) + "\",\"envelope\":" + envelope + "}",
                "[".repeat(100_000)));
        var other = P256Key.of(KeyPairSigner.generate().getPublic());
        bodies.add("{\"key\":\"" + other + "\",\"envelope\":" + envelope + "}");
        for (int at = 0; at < envelope.length(); at += 97) {
            bodies.add("{\"key\":\"" + key + "\",\"envelope\":" + envelope.substring(0, at) + "~"
                    + envelope.substring(at + 1) + "}");
        }
        for (String body : bodies) {
            HttpResponse<byte[]> answer = b1.send("POST", "/v1/enrol", body.getBytes(StandardCharsets.UTF_8));
            assertEquals(4, answer.statusCode() / 100, () -> body + " " + text(answer));
        }
        assertEquals(413, b1.send("POST", "/v1/enrol", new byte[(12 << 20) + 1]).statusCode());
        assertEquals(
                400,
                b1.send("POST", "/v1/enrol/nonce", "{\"x\":1}".getBytes(StandardCharsets.UTF_8))
                        .statusCode());
        assertTrue(text(anyone.get("/v1/builders")).contains("\"builder\":\"b1\""));
        assertFalse(text(anyone.get("/v1/builders")).contains("standing"));
        assertEquals(0, notices());
        // None of it has used the nonce up.
        certificate(admit(B1, good));
    }
}
