package dev.quorate.cli.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.json.CanonicalJson;
import dev.quorate.round.Submission;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundCommandsTest extends RoundCase {
    private static final String ROUND = "r-" + "0".repeat(25) + "1";
    private static final String HERE = "/v1/rounds/" + ROUND;

    private static String status(String state, String verdict) {
        return """
                {"round":"%s","spec":"sha256:00","release":"hello@1.0","platform":"linux/amd64","state":"%s",\
                "verdict":"%s","reason":"because","opened":"2026-11-23T12:00:00Z",\
                "threshold":{"required":2,"reached":1},"builders":[{"builder":"b1","operator":"op","zone":"z",\
                "cpuVendor":"intel","state":"REVEALED","outcome":"BUILT","outputs":"0123456789abcdef","counted":true,\
                "reason":"counts"},{"builder":"b2","operator":"o2","zone":"z","cpuVendor":"amd","state":"WAITING",\
                "outcome":null,"outputs":null,"counted":false,"reason":null}],"claims":[]}""".formatted(ROUND, state, verdict);
    }

    private static String event(String state, String verdict) {
        return "event: status\ndata: " + status(state, verdict) + "\n\n";
    }

    private static RoundScript agreed() {
        return new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open()
                .agree(Specs.built("good"))
                .certify();
    }

    private static RoundScript contested() {
        var round = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .builder("b3")
                .builder("b4")
                .open();
        round.commit("b1", Specs.built("good"))
                .commit("b2", Specs.built("good"))
                .commit("b3", Specs.built("bad"));
        return round.reveal("b1", Specs.built("good"))
                .reveal("b2", Specs.built("good"))
                .reveal("b3", Specs.built("bad"))
                .certify();
    }

    @Test
    void aWithdrawnCertificateAndARegressionReadAsSuch() throws Exception {
        String withdrawn = "\"withdrawn\":{\"at\":\"2026-11-25T12:00:00Z\",\"trust\":2,\"reason\":\"b1 is revoked\"},"
                + "\"regression\":{\"text\":\"the last version was certified (1.0), this one is not\"},\"claims\"";
        coordinator.answers("GET " + HERE, status("LOGGED", "CONTESTED").replace("\"claims\"", withdrawn));
        Shell.Said said = shell.run("status", ROUND);
        assertEquals(ExitCode.NEGATIVE, said.code(), said.err());
        assertTrue(
                said.out()
                        .contains(
                                "WITHDRAWN  it was certified, and no longer is: b1 is revoked (version 2 of the trust root,"
                                        + " taken at 2026-11-25T12:00:00Z)"),
                said.out());
        assertTrue(
                said.out().contains("REGRESSION  the last version was certified (1.0), this one is not"), said.out());
    }

    @Test
    void submitSignsTheSpecAndItsClaims() throws Exception {
        shell.write("hello.yaml", CanonicalJson.bytes(Specs.hello("1.0").json()));
        shell.write("hello", "good");
        coordinator.answers("POST /v1/rounds", "{\"round\":\"" + ROUND + "\"}");
        Shell.Said said = shell.run("submit", "hello.yaml", "--claim", "hello", "--json");
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.onlyLine().contains("\"round\":\"" + ROUND + "\""));
        Envelope envelope = Envelope.parse(coordinator.received("POST /v1/rounds"), "submission");
        P256Key key = P256Key.ofSpki(
                Base64.getMimeDecoder().decode(shell.read("jane.pem.pub").replaceAll("-----[A-Z ]+-----", "")));
        Submission submission = Submission.parse(envelope.verify(key).orElseThrow());
        assertEquals(Specs.hello("1.0").digest(), submission.spec().digest());
        assertEquals(Sha256.of("good"), submission.claims().getFirst().sha256());
    }

    @Test
    void submitSendsTheBundleThatAnIdentitySignedOverTheStatement() throws Exception {
        shell.write("hello.yaml", CanonicalJson.bytes(Specs.hello("1.0").json()));
        Shell.Said written = shell.run("submit", "hello.yaml", "--statement", "statement.json");
        assertEquals(ExitCode.OK, written.code(), written.err());
        String payload =
                Base64.getEncoder().encodeToString(shell.read("statement.json").getBytes(StandardCharsets.UTF_8));
        String bundle = "{\"dsseEnvelope\":{\"payload\":\"" + payload + "\"},\"mediaType\":\"application/x\"}";
        shell.write("bundle.json", bundle);
        coordinator.answers("POST /v1/rounds", "{\"round\":\"" + ROUND + "\"}");
        Shell.Said said = shell.run("submit", "hello.yaml", "--bundle", "bundle.json");
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertEquals(bundle, new String(coordinator.received("POST /v1/rounds"), StandardCharsets.UTF_8));
        shell.write("hello.yaml", CanonicalJson.bytes(Specs.hello("1.1").json()));
        Shell.Said other = shell.run("submit", "hello.yaml", "--bundle", "bundle.json");
        assertEquals(ExitCode.USAGE, other.code());
        assertTrue(other.err().contains("bundle.json: is over something else than this spec"), other.err());
    }

    @Test
    void submitRefusesWhatIsNotLockedWithoutAsking() throws Exception {
        String yaml = CanonicalJson.write(Specs.hello("1.0").json()).replaceFirst("\"locked\":\\[[^\\]]*\\],", "");
        shell.write("hello.yaml", yaml);
        Shell.Said said = shell.run("submit", "hello.yaml");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("quorate spec lock hello.yaml"), said.err());
    }

    @Test
    void submitWithWaitEndsWithTheVerdict() throws Exception {
        shell.write("hello.yaml", CanonicalJson.bytes(Specs.hello("1.0").json()));
        coordinator
                .answers("POST /v1/rounds", "{\"round\":\"" + ROUND + "\"}")
                .answers("GET " + HERE, status("DISPATCHED", "PENDING"))
                .streams("GET " + HERE + "/events", event("COMMITTING", "PENDING") + event("LOGGED", "CONTESTED"));
        assertEquals(
                ExitCode.NEGATIVE, shell.run("submit", "hello.yaml", "--wait").code());
    }

    @Test
    void statusFollowsTheVerdict() {
        coordinator.answers("GET " + HERE, status("COMMITTING", "PENDING"));
        Shell.Said said = shell.run("status", ROUND);
        assertEquals(ExitCode.UNDECIDED, said.code(), said.err());
        assertTrue(said.out().contains("b2       o2        z     amd    -     WAITING   -"), said.out());
        assertTrue(said.out().endsWith("PENDING  1 operator agrees (2 needed): because\n"), said.out());
        coordinator.answers("GET " + HERE, status("LOGGED", "CERTIFIED"));
        assertEquals(ExitCode.OK, shell.run("status", ROUND).code());
        coordinator.answers("GET " + HERE, status("LOGGED", "FAILED"));
        assertEquals(ExitCode.NEGATIVE, shell.run("status", ROUND).code());
    }

    @Test
    void watchConnectsAgainWhenTheLineBreaks() {
        coordinator
                .answers("GET " + HERE, status("DISPATCHED", "PENDING"))
                .streams(
                        "GET " + HERE + "/events",
                        event("COMMITTING", "PENDING") + "data: cut o",
                        ": nothing\n\n",
                        event("REVEALING", "PENDING") + event("LOGGED", "CERTIFIED"));
        Shell.Said said = shell.run("status", ROUND, "--watch");
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.err().contains("COMMITTING"), said.err());
        assertTrue(said.err().contains("LOGGED"), said.err());
        assertFalse(said.err().contains("\r"), "moves only on a terminal");
    }

    @Test
    void whatTheCoordinatorSaysIsPrintedSafely() {
        coordinator.refuses("GET " + HERE, "no such\\u001b[2J round");
        Shell.Said said = shell.run("status", ROUND);
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("answers 404: no such\\u{1b}[2J round"), said.err());
    }

    @Test
    void anotherCertificateThanThePinnedOneIsRefused() throws Exception {
        try (var other = new FakeCoordinator()) {
            other.answers("GET " + HERE, status("LOGGED", "CERTIFIED"));
            configure(other.url());
            Shell.Said said = shell.run("status", ROUND);
            assertEquals(ExitCode.USAGE, said.code());
            assertTrue(said.err().contains("cannot be reached: its certificate is not the pinned one"), said.err());
        }
    }

    @Test
    void aCoordinatorThatIsNotThereIsOneSentence() throws Exception {
        configure("https://127.0.0.1:1");
        Shell.Said said = shell.run("status", ROUND);
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(
                said.err()
                        .startsWith("quorate: the coordinator https://127.0.0.1:1 cannot be reached: nothing answers"),
                said.err());
        assertEquals(1, said.err().lines().count());
    }

    @Test
    void configurationIsNeverTakenFromTheWorkingDirectory() throws Exception {
        Shell bare =
                new Shell(directory).variable("HOME", directory.resolve("home").toString());
        Shell.Said said = bare.run("status", ROUND);
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("no coordinator is configured; give --config FILE"), said.err());
        shell.write("client.yaml", "coordinator: http://127.0.0.1\n");
        assertTrue(shell.run("status", ROUND).err().contains("client.yaml:1: coordinator: must be a URL like https"));
        shell.write("client.yaml", "coordinator: https://h\ncoordinatorCertificate: tls.pem\ncolour: red\n");
        assertTrue(shell.run("status", ROUND).err().contains("client.yaml:3: colour: is not known here"));
    }

    @Test
    void fetchMakesADirectoryThatIsCompleteAndVerifies() throws Exception {
        RoundScript round = agreed();
        coordinator
                .answers("GET " + HERE + "/kit", round.kit())
                .answers("GET /v1/trust", round.signedTrust().bytes())
                .answers("GET /v1/blobs/sha256:" + Sha256.of("good"), "good");
        Shell.Said said = shell.run("fetch", ROUND, "-o", "got");
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(Files.isExecutable(directory.resolve("got/hello")));
        assertEquals(
                shell.run("trust", "show", "got/trust.json", "--sigstore").onlyLine(),
                shell.read("got/trusted_root.json").strip());
        shell.write("policy.yaml", CanonicalJson.bytes(round.policy().json()));
        Shell.Said verified = shell.run(
                "verify",
                "got/hello",
                "--kit",
                "got/hello.sigstore.jsonl",
                "--trust",
                "got/trust.json",
                "--policy",
                "policy.yaml");
        assertEquals(ExitCode.OK, verified.code(), verified.out());
        assertEquals(ExitCode.USAGE, shell.run("fetch", ROUND, "-o", "got").code());
    }

    @Test
    void fetchKeepsNothingOfBytesThatAreNotThePromisedOnes() throws Exception {
        RoundScript round = agreed();
        coordinator
                .answers("GET " + HERE + "/kit", round.kit())
                .answers("GET /v1/trust", round.signedTrust().bytes())
                .answers("GET /v1/blobs/sha256:" + Sha256.of("good"), "evil");
        Shell.Said said = shell.run("fetch", ROUND, "-o", "got");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("gave other bytes for hello"), said.err());
        try (Stream<Path> left = Files.list(directory)) {
            assertTrue(left.noneMatch(
                    path -> path.toString().contains("got") || path.toString().contains(".fetch")));
        }
    }

    @Test
    void fetchOfAContestedRoundGivesTheKitAlone() {
        RoundScript round = contested();
        coordinator
                .answers("GET " + HERE + "/kit", round.kit())
                .answers("GET /v1/trust", round.signedTrust().bytes());
        Shell.Said said = shell.run("fetch", ROUND, "-o", "got");
        assertEquals(ExitCode.NEGATIVE, said.code(), said.err());
        assertTrue(Files.exists(directory.resolve("got/" + ROUND + ".sigstore.jsonl")));
    }

    @Test
    void explainShowsGroupsAndWhereTheyDiffer() throws Exception {
        shell.write("kit", contested().kit());
        Shell.Said said = shell.run("explain", "kit");
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.out().contains("by b1, b2\n"), said.out());
        assertTrue(said.out().contains("b1, b2  against  b3:\n  hello\n    - 4 bytes, executable"), said.out());
        assertTrue(said.out().contains("sha256:" + Sha256.of("bad")), said.out());
        assertTrue(said.out().contains("silent    b4  said nothing"), said.out());
        String json = shell.run("explain", "kit", "--json").onlyLine();
        assertTrue(json.contains("\"silent\":[\"b4\"],\"unrevealed\":[]"), json);
        assertTrue(json.contains("\"certifier\":\"quorate.example\""), json);
        assertTrue(json.contains("\"enrolled\":[\"b1\",\"b2\",\"b3\",\"b4\"]"), json);
        shell.write("kit", "x");
        assertEquals(ExitCode.USAGE, shell.run("explain", "kit").code());
    }

    @Test
    void explainSaysOfAnOpenRoundWhatItDoesNotKnow() throws Exception {
        RoundScript open = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open()
                .commit("b1", Specs.built("good"));
        shell.write("kit", open.kit());
        Shell.Said said = shell.run("explain", "kit", "--json");
        assertTrue(said.onlyLine().contains("\"verdict\":null"), said.out());
        assertTrue(said.onlyLine().contains("\"certifier\":null"), said.out());
        assertTrue(said.onlyLine().contains("\"silent\":[\"b1\",\"b2\"],\"unrevealed\":[\"b1\"]"), said.out());
    }

    @Test
    void gateWaitsForTheRoundAndChecksItsKit() throws Exception {
        RoundScript round = agreed();
        shell.write("hello", "good");
        shell.write("trust.json", round.signedTrust().bytes());
        shell.write("policy.yaml", CanonicalJson.bytes(round.policy().json()));
        coordinator
                .answers("GET " + HERE + "/kit", round.kit())
                .streams("GET " + HERE + "/events", event("COMMITTING", "PENDING"), event("LOGGED", "CERTIFIED"));
        String[] gate = {
            "gate", "hello", "--round", ROUND, "--trust", "trust.json", "--policy", "policy.yaml", "--wait", "1m"
        };
        Shell.Said said = shell.run(gate);
        assertEquals(ExitCode.OK, said.code(), said.out() + said.err());
        String another = "r-" + "1".repeat(26);
        coordinator
                .answers("GET /v1/rounds/" + another + "/kit", round.kit())
                .streams("GET /v1/rounds/" + another + "/events", event("LOGGED", "CERTIFIED"));
        gate[3] = another;
        Shell.Said swapped = shell.run(gate);
        assertEquals(ExitCode.NEGATIVE, swapped.code());
        assertTrue(swapped.out().contains("ROUND_MISMATCH"), swapped.out());
    }

    @Test
    void gateThatHasWaitedLongEnoughIsUndecided() throws Exception {
        RoundScript round = agreed();
        shell.write("hello", "good");
        shell.write("trust.json", round.signedTrust().bytes());
        shell.write("policy.yaml", CanonicalJson.bytes(round.policy().json()));
        configure("https://127.0.0.1:1");
        Shell.Said said = shell.run(
                "gate", "hello", "--round", ROUND, "--trust", "trust.json", "--policy", "policy.yaml", "--wait", "1s");
        assertEquals(ExitCode.UNDECIDED, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("could not be reached"), said.out());
    }

    @Test
    void statusAnswersAreBoundedInForm() {
        coordinator.answers("GET " + HERE, new String(new byte[] {'{'}, StandardCharsets.UTF_8));
        assertEquals(ExitCode.USAGE, shell.run("status", ROUND).code());
    }
}
