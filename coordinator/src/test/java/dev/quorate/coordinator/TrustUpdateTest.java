package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.kit.Kit;
import dev.quorate.round.BuilderId;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A later trust root reaches a coordinator that runs, and everything that rested on the one before. */
@Timeout(120)
class TrustUpdateTest {
    private static final byte[] RESULT = "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8);
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T00:00:00Z");
    private static final Revocation B1 = new Revocation(Revocation.Kind.BUILDER, "b1", LONG_AGO, "stolen");

    @TempDir
    Path directory;

    private Lab lab;
    private P256Key certifier;
    private Client anyone;
    private final List<FakeAgent> agents = new ArrayList<>();

    @BeforeEach
    void openLab() throws Exception {
        lab = new Lab(directory, 3, "");
        certifier = lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
        connect();
    }

    private void connect() throws Exception {
        anyone = lab.anonymous();
        agents.clear();
        for (String name : List.of("b1", "b2", "b3")) {
            var id = new BuilderId(name);
            agents.add(new FakeAgent(id, lab.as(id), lab.builders.get(id)));
        }
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private String submit(RebuildSpec spec) throws Exception {
        HttpResponse<byte[]> answer =
                anyone.post("/v1/rounds", lab.submission(spec, List.of()).json());
        assertEquals(201, answer.statusCode(), text(answer));
        return Client.json(answer).string("round");
    }

    private String round(RebuildSpec spec, String... results) throws Exception {
        String round = submit(spec);
        for (int i = 0; i < 3; i++) {
            assertEquals(200, agents.get(i).lease(0, certifier).statusCode());
            agents.get(i).commit(FakeAgent.built(results[i].getBytes(StandardCharsets.UTF_8)));
        }
        for (int i = 0; i < 3; i++) {
            HttpResponse<byte[]> told = agents.get(i).reveal(results[i].getBytes(StandardCharsets.UTF_8));
            assertEquals(200, told.statusCode(), text(told));
        }
        anyone.get("/v1/rounds/" + round + "/events");
        return round;
    }

    private String certified(String version) throws Exception {
        String good = new String(RESULT, StandardCharsets.UTF_8);
        String round = round(Lab.spec("hello", version, RESULT), good, good, good);
        assertEquals("CERTIFIED", status(round).string("verdict"));
        return round;
    }

    private Fields status(String round) throws Exception {
        return Client.json(anyone.get("/v1/rounds/" + round));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> push(SignedTrust next) throws Exception {
        return anyone.send("POST", "/v1/trust", next.bytes());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Every change of a round rings; asking again is all that is left to a client. */
    private static void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            Thread.yield();
        }
    }

    private void awaitVerdict(String round, String verdict) throws Exception {
        await(() -> status(round).string("verdict").equals(verdict)
                && status(round).string("state").equals("LOGGED"));
    }

    private Report verify(String round) throws Exception {
        byte[] kit = anyone.get("/v1/rounds/" + round + "/kit").body();
        return new Verifier(lab.trust, lab.policy(), Instant.now(), Optional.empty())
                .verify(List.of(new Artifact("hello", Sha256.of(RESULT))), kit, "kit");
    }

    private List<String> codes(String round) throws Exception {
        return verify(round).refusals().stream().map(r -> r.code().name()).toList();
    }

    private int notices() throws Exception {
        byte[] lines = anyone.get("/v1/trust/notices").body();
        return lines.length == 0 ? 0 : Kit.parse(lines, "notices").bundles().size();
    }

    private String metric(String name) throws Exception {
        return text(anyone.get("/metrics"))
                .lines()
                .filter(line -> line.startsWith("quorate_" + name + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRevokedBuilderTakesTheCertificateAway() throws Exception {
        String round = certified("1.0");
        assertEquals(200, push(lab.after(lab.trust, B1)).statusCode());
        awaitVerdict(round, "INSUFFICIENT");
        Fields withdrawn = status(round).object("withdrawn");
        assertEquals("CERTIFIED", withdrawn.string("before"));
        assertTrue(
                withdrawn.string("at").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), withdrawn.string("at"));
        assertEquals(2, withdrawn.integer("trust", 1, 9));
        assertEquals("b1 is revoked as of 2026-01-02T00:00:00Z (stolen)", withdrawn.string("reason"));
        // The user's own trust root is the first version; the kit brings the second.
        assertEquals(List.of("INSUFFICIENT"), codes(round));
        assertTrue(verify(round).notes().getFirst().contains("version 2 of the trust root"));
        assertEquals(2, notices());
        assertEquals(2, Client.json(anyone.get("/v1/trust")).object("trust").integer("version", 1, 9));
        assertEquals(
                1,
                Client.json(anyone.get("/v1/trust/versions/1")).object("trust").integer("version", 1, 9));
    }

    /** The certificate goes although the key that signed the builder's proof stays as good as it was. */
    @Test
    void aRevokedKeyThatOnlyCommittedTakesTheCertificateAway() throws Exception {
        KeyPair other = KeyPairSigner.generate();
        SignedTrust second = lab.building(lab.trust, withKey("b1", other), List.of());
        assertEquals(200, push(second).statusCode());
        String round = submit(Lab.spec("hello", RESULT));
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.lease(0, certifier).statusCode());
            agent.commitWith(agent == agents.getFirst() ? other : lab.builders.get(agent.id), FakeAgent.built(RESULT));
        }
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.reveal(RESULT).statusCode());
        }
        awaitVerdict(round, "CERTIFIED");
        assertEquals(Report.Outcome.VERIFIED, verify(round).outcome());
        String key = P256Key.of(other.getPublic()).id().hex();
        var stolen = new Revocation(Revocation.Kind.KEY, key, LONG_AGO, "stolen");
        assertEquals(200, push(lab.after(second, stolen)).statusCode());
        awaitVerdict(round, "INSUFFICIENT");
        assertEquals(
                "a key of b1 is revoked as of 2026-01-02T00:00:00Z (stolen)",
                status(round).object("withdrawn").string("reason"));
        assertEquals(List.of("INSUFFICIENT"), codes(round));
    }

    /** The builders of the first version, one of them with one more key. */
    private List<TrustedBuilder> withKey(String id, KeyPair more) {
        return lab.trust.trust().builders().stream()
                .map(b -> {
                    List<TimedKey> keys = new ArrayList<>(b.keys());
                    if (b.id().text().equals(id)) {
                        keys.add(new TimedKey(P256Key.of(more.getPublic()), LONG_AGO, Optional.empty()));
                    }
                    return new TrustedBuilder(b.id(), b.operator(), b.zone(), b.cpuVendor(), keys);
                })
                .toList();
    }

    @Test
    void whatWasCountedBeforeTheRevocationBeganStands() throws Exception {
        String round = certified("1.0");
        var later = new Revocation(Revocation.Kind.BUILDER, "b1", Instant.now().plusSeconds(3600), "retired");
        assertEquals(200, push(lab.after(lab.trust, later)).statusCode());
        await(() -> notices() == 2);
        assertEquals("CERTIFIED", status(round).object("review").string("after"));
        assertEquals("CERTIFIED", status(round).string("verdict"));
        assertEquals(new Json.Null(), status(round).value("withdrawn"));
        assertEquals(Report.Outcome.VERIFIED, verify(round).outcome());
    }

    @Test
    void aRevokedCertificateIsWithdrawnAndNothingTakesItsPlace() throws Exception {
        String round = certified("1.0");
        byte[] kit = anyone.get("/v1/rounds/" + round + "/kit").body();
        String certificate =
                Kit.parse(kit, "kit").bundles().getLast().envelope().digest().hex();
        var revoked = new Revocation(Revocation.Kind.CERTIFICATE, certificate, LONG_AGO, "a trojan source");
        assertEquals(200, push(lab.after(lab.trust, revoked)).statusCode());
        awaitVerdict(round, "INSUFFICIENT");
        assertTrue(status(round).string("reason").contains("a trojan source"));
        assertEquals(List.of("CERTIFICATE_REVOKED"), codes(round));
    }

    @Test
    void aBuilderThatIsNoLongerNamedIsNamedByNoCertificateEither() throws Exception {
        String round = certified("1.0");
        assertEquals(200, push(lab.without(lab.trust, new BuilderId("b1"))).statusCode());
        awaitVerdict(round, "INSUFFICIENT");
        assertEquals(List.of("INSUFFICIENT"), codes(round));
    }

    @Test
    void onlyTheNextVersionByEnoughRootKeysIsTaken() throws Exception {
        SignedTrust second = lab.after(lab.trust, B1);
        SignedTrust third = lab.after(second);
        refused("send version 2 first", push(third));
        refused("not signed by 1 of its own root keys", push(SignedTrust.unsigned(second.trust())));
        assertEquals(200, push(second).statusCode());
        assertEquals(200, push(second).statusCode());
        refused("a number is used once", push(lab.after(lab.trust)));
        refused("only goes forward", push(lab.trust));
        try (Lab stranger = new Lab(Files.createDirectory(directory.resolve("stranger")), 3, "")) {
            refused("not signed by 1 root keys of version 2", push(stranger.after(stranger.after(stranger.trust))));
        }
        assertEquals(200, push(third).statusCode());
    }

    private static void refused(String detail, HttpResponse<byte[]> answer) throws Exception {
        assertEquals("trust-refused", Client.problem(answer), text(answer));
        assertTrue(text(answer).contains(detail), text(answer));
    }

    /** Also after a version in which nobody had it. */
    @Test
    void aKeyStaysItsOwners() throws Exception {
        var b1 = new BuilderId("b1");
        SignedTrust second = lab.without(lab.trust, b1);
        assertEquals(200, push(second).statusCode());
        List<TrustedBuilder> builders = new ArrayList<>(second.trust().builders());
        TrustedBuilder first = lab.trust.trust().builder(b1).orElseThrow();
        builders.add(new TrustedBuilder(new BuilderId("b9"), "another", "z9", "vendor", first.keys()));
        SignedTrust third = lab.building(second, builders, List.of());
        String key = first.keys().getFirst().key().id().hex();
        String sentence = "version 3 gives builder b9 the key " + key + ", which was builder b1's in version 1";
        refused(sentence, push(third));
        lab.stop();
        Files.write(directory.resolve("trust.json"), third.bytes());
        String start = assertThrows(ConfigException.class, lab::start).getMessage();
        assertTrue(start.contains(sentence), start);
        // Its owner may come back.
        builders.set(builders.size() - 1, first);
        Files.write(
                directory.resolve("trust.json"),
                lab.building(second, builders, List.of()).bytes());
        lab.start();
    }

    @Test
    void anOpenRoundLosesTheRevokedBuilderAndEndsWhenThePolicyCannotBeMet() throws Exception {
        String round = submit(Lab.spec("hello", RESULT));
        FakeAgent revoked = agents.getFirst();
        assertEquals(200, revoked.lease(0, certifier).statusCode());
        assertEquals(200, push(lab.after(lab.trust, B1)).statusCode());
        awaitVerdict(round, "INSUFFICIENT");
        assertEquals("builder-revoked", Client.problem(revoked.lease(0, certifier)));
        String reason = status(round).string("reason");
        assertTrue(
                reason.endsWith("b1 was taken off the round: b1 is revoked as of 2026-01-02T00:00:00Z (stolen)"),
                reason);
        assertEquals(204, agents.get(1).lease(0, certifier).statusCode());
        HttpResponse<byte[]> again = anyone.post(
                "/v1/rounds",
                lab.submission(Lab.spec("hello", RESULT), List.of()).json());
        assertEquals("cannot-meet-policy", Client.problem(again), text(again));
    }

    @Test
    void whatACrashCutShortIsDoneAtTheNextStartAndOnlyOnce() throws Exception {
        String round = certified("1.0");
        String other = certified("1.1");
        lab.stop();
        // As after a crash between keeping the version and looking at the rounds.
        Files.write(directory.resolve("trust.json"), lab.after(lab.trust, B1).bytes());
        lab.start();
        anyone = lab.anonymous();
        awaitVerdict(round, "INSUFFICIENT");
        awaitVerdict(other, "INSUFFICIENT");
        // A kit waits until whoever reads the log sees its certificate.
        assertEquals(List.of("INSUFFICIENT"), codes(round));
        assertEquals(List.of("INSUFFICIENT"), codes(other));
        String size = metric("log_size");
        assertEquals(3, notices());
        lab.stop();
        lab.start();
        anyone = lab.anonymous();
        lab.hangUp();
        assertEquals(size, metric("log_size"));
        assertEquals(3, notices());
        assertEquals(List.of("INSUFFICIENT"), codes(round));
    }

    @Test
    void aHangUpReadsTheFileAgain() throws Exception {
        Files.write(directory.resolve("trust.json"), lab.after(lab.trust, B1).bytes());
        lab.hangUp();
        Json trust = JsonReader.read(anyone.get("/v1/trust").body(), 1 << 20, "trust");
        assertTrue(trust.toString().contains("stolen"));
    }

    @Test
    void aVersionThatIsNotReproducedIsCalledARegression() throws Exception {
        certified("1.0");
        certified("1.1");
        String good = new String(RESULT, StandardCharsets.UTF_8);
        String round = round(Lab.spec("hello", "1.2", RESULT), good, good, "other");
        assertEquals("CONTESTED", status(round).string("verdict"));
        assertEquals(
                "the last 2 versions were certified (1.1, 1.0), this one is not",
                status(round).object("regression").string("text"));
        String first = round(Lab.spec("another", "1.2", RESULT), good, good, "other");
        assertEquals(new Json.Null(), status(first).value("regression"));
        assertFalse(status(first).string("reason").isEmpty());
    }
}
