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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
