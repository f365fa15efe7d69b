package dev.quorate.it.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Main;
import dev.quorate.coordinator.Lab;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.cluster.Processes;
import dev.quorate.it.hosts.SoftwareTpm;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.key.KeyReference;
import dev.quorate.key.OpenKey;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys on a token and in a TPM, as their holders use them. */
class KeysTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final byte[] RESULT = "hello\n".getBytes(StandardCharsets.UTF_8);

    private static Optional<SoftToken> made = Optional.empty();

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private CommandLine cli;

    @BeforeEach
    void open() {
        cli = new CommandLine(directory);
    }

    /** SoftHSM looks for tokens when it is loaded, so this JVM has one for all its tests. */
    private static SoftToken token() throws Exception {
        SoftToken.need();
        if (made.isEmpty()) {
            made = Optional.of(
                    SoftToken.make("k-" + UUID.randomUUID().toString().substring(0, 8), shared));
        }
        return made.get();
    }

    private P256Key publicKey(String file) throws Exception {
        String pem = Files.readString(directory.resolve(file + ".pub"));
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return P256Key.parse(body);
    }

    private void assertRefused(String sentence, String... words) {
        CommandLine.Result result = cli.run(words);
        assertEquals(ExitCode.USAGE, result.code(), result::toString);
        assertEquals("quorate: " + sentence + "\n", result.err());
    }

    @Test
    void aTokenSignsWithTheKeyThatWasMadeOnIt() throws Exception {
        SoftToken token = token();
        cli.require("trust", "key", "--pkcs11", token.key("root1"), "-o", "root1");
        OpenKey key = KeyReference.parse(token.key("root1"), directory).open();
        assertEquals(publicKey("root1"), P256Key.of(key.publicKey()));
        assertTrue(publicKey("root1").verifies(MESSAGE, key.sign(MESSAGE)));
        String name = "pkcs11:token=" + token.label() + ";object=";
        assertRefused(
                name + "root1: is there already; choose another label",
                "trust",
                "key",
                "--pkcs11",
                token.key("root1"),
                "-o",
                "again");
    }

    @Test
    void whatIsWrongWithATokenIsOneSentence() throws Exception {
        SoftToken token = token();
        cli.require("trust", "key", "-o", "file");
        cli.require(
                "trust",
                "init",
                "--root-key",
                "a=file.pub",
                "--threshold",
                "1",
                "--expires",
                "365d",
                "-o",
                "trust.json");
        String name = "pkcs11:token=" + token.label() + ";object=absent";
        signRefused(
                token.key("absent"),
                name
                        + ": the token has no such key with a certificate; make one with: quorate trust key --pkcs11 URI -o FILE");
        Path nowhere = directory.resolve("no.pin");
        signRefused(token.key("absent", nowhere), nowhere + ": is not there; check the path");
        signRefused(
                new SoftToken("elsewhere", token.pin()).key("absent"),
                "pkcs11:token=elsewhere;object=absent: there is no token of that label; plug it in, or correct the label");
        signRefused(
                token.key("absent").replace("libsofthsm2.so", "absent.so"),
                name
                        + ": there is no PKCS#11 module /usr/lib/softhsm/absent.so; install the token's library, or correct"
                        + " module-path");
    }

    /** In a process of its own: who has logged in once is not asked again. */
    @Test
    void aWrongPinIsOneSentence() throws Exception {
        SoftToken token = token();
        Path wrong = SoftToken.secret(directory.resolve("wrong.pin"), "1357");
        Process process = Processes.java(
                        Main.class, List.of("trust", "key", "--pkcs11", token.key("o", wrong), "-o", "o"))
                .directory(directory.toFile())
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor());
        assertEquals(
                "quorate: pkcs11:token=" + token.label() + ";object=o: the token refuses the PIN in " + wrong
                        + "; a few more wrong ones lock it\n",
                said);
    }

    private void signRefused(String key, String sentence) {
        assertRefused(sentence, "trust", "sign", "trust.json", "--key", key);
    }

    @Test
    void aTpmSignsUntilAPcrChanges() throws Exception {
        SoftwareTpm.need();
        try (SoftwareTpm tpm = SoftwareTpm.make(directory.resolve("t"))) {
            cli.require("trust", "key", "--tpm", "7,16", "--tcti", tpm.tcti(), "-o", "root.tpm");
            OpenKey key = KeyReference.parse("tpm:root.tpm", directory).open();
            assertEquals(publicKey("root.tpm"), P256Key.of(key.publicKey()));
            assertTrue(publicKey("root.tpm").verifies(MESSAGE, key.sign(MESSAGE)));
            cli.require(
                    "trust",
                    "init",
                    "--root-key",
                    "a=root.tpm.pub",
                    "--threshold",
                    "1",
                    "--expires",
                    "365d",
                    "-o",
                    "trust.json");
            cli.require("trust", "sign", "trust.json", "--key", "tpm:root.tpm");
            tpm.run("tpm2_pcrextend", "8:sha256=" + Sha256.of(MESSAGE).hex());
            assertTrue(publicKey("root.tpm").verifies(MESSAGE, key.sign(MESSAGE)), "PCR 8 is not in the policy");
            tpm.run("tpm2_pcrextend", "16:sha256=" + Sha256.of(MESSAGE).hex());
            signRefused(
                    "tpm:root.tpm",
                    "tpm:root.tpm: the TPM does not sign: this machine is no longer in the state that the key is sealed to;"
                            + " one of the PCRs sha256:7,16 has changed since the key was made");
        }
    }

    /** The certifier's key and a root key in one TPM; what audit then says of each signature. */
    @Test
    void aCertifierShowsThatItsTpmKeepsItsKey() throws Exception {
        SoftwareTpm.need();
        try (SoftwareTpm tpm = SoftwareTpm.make(directory.resolve("t"))) {
            tpm.run("tpm2_pcrextend", "7:sha256=" + Sha256.of(MESSAGE).hex());
            cli.require("trust", "key", "--tpm", "7,16", "--tcti", tpm.tcti(), "-o", "certifier.tpm");
            assertRefused(
                    "tpm:certifier.tpm: its TPM has no attestation key; enrol the machine with: quorate agent --enrol",
                    seal("certifier"));
            String host = enrolled(tpm);
            cli.require(seal("certifier"));
            tpm.run("tpm2_pcrextend", "16:sha256=" + Sha256.of(MESSAGE).hex());
            CommandLine.Result late = cli.run(seal("certifier"));
            assertEquals(ExitCode.USAGE, late.code(), late::toString);
            assertTrue(late.err().contains("POLICY_MISMATCH"), late::err);
            cli.require("trust", "key", "--tpm", "7,16", "--tcti", tpm.tcti(), "-o", "root.tpm");
            cli.require(seal("root"));
            tpm.run("tpm2_pcrreset", "16");

            String round;
            try (var lab = new Lab(directory, 3, "key: tpm:certifier.tpm\n")) {
                round = PlayedRound.certified(lab, "hello", RESULT);
                Files.write(
                        directory.resolve("kit.jsonl"),
                        lab.anonymous().get("/v1/rounds/" + round + "/kit").body());
            }
            Files.writeString(directory.resolve("maker.pem"), tpm.maker());
            String pcr7 = extended(MESSAGE);
            cli.require("trust", "rotate", "trust.json", "--root-key", "mei=root.tpm.pub");
            add("maker", "--name", "m", "--root", "maker.pem");
            add("profile", "--name", "keeper", "--pcr", "7=" + pcr7, "--pcr", "16=" + "00".repeat(32));
            add("profile", "--name", "other", "--pcr", "7=" + pcr7, "--pcr", "16=" + pcr7);
            addRefused("HOST_UNKNOWN", "certifier", "keeper");
            add("key-host", "--record", "keeper.json", "--maker", "m");
            addRefused("PCR_UNEXPECTED", "certifier", "other");
            add("seal", "--record", "certifier.seal.json", "--profile", "keeper");
            add("seal", "--record", "root.seal.json", "--profile", "other");
            String shown = cli.require("trust", "show", "trust.json");
            assertTrue(shown.contains("            sealed on host " + host + ", profile keeper\n"), shown);
            assertTrue(shown.contains("            sealed on host " + host + ", profile other\n"), shown);

            tpm.run("tpm2_pcrextend", "16:sha256=" + Sha256.of(MESSAGE).hex());
            cli.require("trust", "sign", "trust.json", "--key", "tpm:root.tpm");

            String id = publicKey("certifier.tpm").id().hex();
            String state = "keeper pcrs:" + digest(pcr7, "00".repeat(32));
            String[] audit = {"audit", "--key", id, "--trust", "trust.json", "--log", "data/log", "--kit", "kit.jsonl"};
            String csv = cli.require(with(audit, "--csv"));
            String machine = "," + id + "," + host + "," + state + "," + round + ",";
            List<String> lines = csv.lines().skip(1).toList();
            assertEquals(2, lines.size(), csv);
            for (String line : lines) {
                assertTrue(line.contains(machine) && line.endsWith(",sealed,none,none"), line);
            }
            String json = cli.require(with(audit, "--json"));
            assertEquals(2, json.split("\"assurance\":\"sealed\"", -1).length - 1, json);
            assertTrue(cli.require(audit).contains(host + "  sealed     " + state), () -> cli.require(audit));
        }
    }

    private String[] seal(String name) {
        return new String[] {"trust", "seal", "--key", "tpm:" + name + ".tpm", "-o", name + ".seal.json"};
    }

    private void add(String... words) {
        cli.require(with(new String[] {"trust", "add", "trust.json"}, words));
    }

    private void addRefused(String reason, String key, String profile) {
        CommandLine.Result result =
                cli.run("trust", "add", "trust.json", "seal", "--record", key + ".seal.json", "--profile", profile);
        assertEquals(ExitCode.USAGE, result.code(), result::toString);
        assertTrue(result.err().contains("would not be accepted, " + reason + ": "), result::err);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    /** The machine of the key has no network: it enrols by files. */
    private String enrolled(SoftwareTpm tpm) throws Exception {
        enrol(tpm, "claim", "--id", "keeper", "-o", "claim.json");
        cli.require("trust", "enrol", "challenge", "claim.json", "-o", "challenge.json");
        try (SoftwareTpm other = SoftwareTpm.make(directory.resolve("other"))) {
            enrol(other, "claim", "--id", "keeper", "-o", "others.json");
            answerRefused(other, "challenge.json");
            // What a maker vouches for, and a key that is in another TPM: neither of the two can answer.
            Json.Obj mixed = Json.object()
                    .put("builder", "keeper")
                    .put("endorsement", fields("claim.json").string("endorsement"))
                    .put("attestation", fields("others.json").string("attestation"))
                    .build();
            Files.write(directory.resolve("mixed.json"), CanonicalJson.bytes(mixed));
            cli.require("trust", "enrol", "challenge", "mixed.json", "-o", "mixed.challenge.json");
            answerRefused(tpm, "mixed.challenge.json");
            answerRefused(other, "mixed.challenge.json");
        }
        enrol(tpm, "answer", "challenge.json", "-o", "answer.json");
        cli.require("trust", "enrol", "challenge", "claim.json", "-o", "later.json");
        CommandLine.Result late = cli.run(record("later.json.kept"));
        assertEquals(ExitCode.USAGE, late.code(), late::toString);
        assertTrue(late.err().contains("it answers another challenge"), late::err);
        assertTrue(Files.notExists(directory.resolve("keeper.json")));
        cli.require(record("challenge.json.kept"));
        return fields("keeper.json").string("host");
    }

    private void enrol(SoftwareTpm tpm, String... words) {
        cli.require(with(new String[] {"trust", "enrol"}, with(words, "--tcti", tpm.tcti())));
    }

    private void answerRefused(SoftwareTpm tpm, String challenge) {
        CommandLine.Result result =
                cli.run("trust", "enrol", "answer", challenge, "--tcti", tpm.tcti(), "-o", "answer.json");
        assertEquals(ExitCode.USAGE, result.code(), result::toString);
        assertTrue(result.err().contains("tpm2_activatecredential failed"), result::err);
    }

    private static String[] record(String kept) {
        return new String[] {"trust", "enrol", "record", kept, "--answer", "answer.json", "-o", "keeper.json"};
    }

    private Fields fields(String file) throws Exception {
        return Fields.of(JsonReader.read(Files.readAllBytes(directory.resolve(file)), 1 << 16, file), file);
    }

    /** A register that was extended once. */
    private static String extended(byte[] what) {
        return digest("00".repeat(32), Sha256.of(what).hex());
    }

    private static String digest(String... hex) {
        return Sha256.of(HexFormat.of().parseHex(String.join("", hex))).hex();
    }

    @Test
    void aKeyFileIsOfNoUseOnAnotherMachine() throws Exception {
        SoftwareTpm.need();
        try (SoftwareTpm own = SoftwareTpm.make(directory.resolve("t1"));
                SoftwareTpm other = SoftwareTpm.make(directory.resolve("t2"))) {
            cli.require("trust", "key", "--tpm", "7", "--tcti", own.tcti(), "-o", "root.tpm");
            cli.require(
                    "trust",
                    "init",
                    "--root-key",
                    "a=root.tpm.pub",
                    "--threshold",
                    "1",
                    "--expires",
                    "365d",
                    "-o",
                    "trust.json");
            Path file = directory.resolve("root.tpm");
            Files.writeString(file, Files.readString(file).replace(own.tcti(), other.tcti()));
            CommandLine.Result result = cli.run("trust", "sign", "trust.json", "--key", "tpm:root.tpm");
            assertEquals(ExitCode.USAGE, result.code(), result::toString);
            assertTrue(
                    result.err().startsWith("quorate: tpm:root.tpm: the TPM does not sign: tpm2_load failed"),
                    result::err);
        }
    }

    @Test
    void aCoordinatorCertifiesWithAKeyOnAToken() throws Exception {
        SoftToken token = token();
        cli.require("trust", "key", "--pkcs11", token.key("certifier"), "-o", "certifier");
        try (var lab = new Lab(directory, 3, "key: \"" + token.key("certifier") + "\"\n")) {
            String round = PlayedRound.certified(lab, "hello", RESULT);
            HttpResponse<byte[]> kit = lab.anonymous().get("/v1/rounds/" + round + "/kit");
            var verifier = new Verifier(lab.trust, lab.policy(), Instant.now(), Optional.empty());
            Report report = verifier.verify(List.of(new Artifact("hello", Sha256.of(RESULT))), kit.body(), "kit");
            assertEquals(
                    Report.Outcome.VERIFIED, report.outcome(), report.json().toString());
            assertTrue(Files.notExists(directory.resolve("data/certifier.pem")), "there is no key in a file");
        }
    }
}
