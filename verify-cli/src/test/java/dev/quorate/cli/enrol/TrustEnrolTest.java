package dev.quorate.cli.enrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.dsse.Base64Text;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.host.credential.EccPublicArea;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.round.BuilderId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root key holder's side; the machine's needs a TPM, and is in {@code KeysTest}. */
class TrustEnrolTest {
    private static final int ATTRIBUTES = EccPublicArea.FIXED | EccPublicArea.RESTRICTED | EccPublicArea.SIGN;

    private final SoftTpm tpm = new SoftTpm("t1");

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void claim() throws Exception {
        shell = new Shell(directory);
        byte[] area = SoftTpm.area(ATTRIBUTES, new byte[0], tpm.ak());
        var claim = new Claim(new BuilderId("keeper"), SoftTpm.certificate("ek1"), AttestationKey.of(area));
        shell.write("claim.json", CanonicalJson.bytes(claim.json().build()));
        done("trust", "enrol", "challenge", "claim.json", "-o", "challenge.json");
    }

    private void done(String... words) {
        Shell.Said said = shell.run(words);
        assertEquals(ExitCode.OK, said.code(), said.err());
    }

    private void refused(String sentence, String... words) {
        Shell.Said said = shell.run(words);
        assertEquals(ExitCode.USAGE, said.code(), said.out());
        assertTrue(said.err().contains(sentence), said.err());
    }

    private Fields fields(String file) throws Exception {
        return Fields.of(JsonReader.read(Files.readAllBytes(directory.resolve(file)), 1 << 16, file), file);
    }

    private void answer(byte[] credential) throws Exception {
        shell.write("answer.json", "{\"credential\":\"" + Base64Text.encode(credential) + "\"}");
    }

    private static String[] record() {
        return new String[] {
            "trust", "enrol", "record", "challenge.json.kept", "--answer", "answer.json", "-o", "record.json"
        };
    }

    @Test
    void whatTheTpmShouldReadIsKeptForTheHolderAlone() throws Exception {
        Path kept = directory.resolve("challenge.json.kept");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        String secret = fields("challenge.json.kept").string("credential");
        assertFalse(shell.read("challenge.json").contains(secret), shell.read("challenge.json"));
        refused("is there already", "trust", "enrol", "challenge", "claim.json", "-o", "challenge.json");
        assertEquals(secret, fields("challenge.json.kept").string("credential"));
    }

    @Test
    void theRightAnswerMakesTheRecord() throws Exception {
        answer(fields("challenge.json.kept").string("credential", Base64Text::decode));
        done(record());
        assertEquals(tpm.ak().toString(), fields("record.json").string("attestation"));
        assertEquals("keeper", fields("record.json").string("builder"));
        assertEquals(
                SoftTpm.certificate("ek1").keyDigest().hex(),
                fields("record.json").string("host"));
    }

    @Test
    void anyOtherAnswerMakesNone() throws Exception {
        byte[] right = fields("challenge.json.kept").string("credential", Base64Text::decode);
        byte[] changed = right.clone();
        changed[changed.length - 1] ^= 1;
        for (byte[] wrong : List.of(changed, new byte[right.length], new byte[] {1})) {
            answer(wrong);
            refused("is not what was asked", record());
        }
        assertTrue(Files.notExists(directory.resolve("record.json")));
    }

    @Test
    void eachStepHasItsOwnWords() {
        refused("none of claim, challenge, answer, record", "trust", "enrol", "prove", "-o", "x");
        refused("a claim needs --id", "trust", "enrol", "claim", "-o", "x");
        refused("challenge needs one file", "trust", "enrol", "challenge", "-o", "x");
        refused("a record needs --answer", "trust", "enrol", "record", "challenge.json.kept", "-o", "x");
        refused("--tcti does not belong to record", "trust", "enrol", "record", "k", "--tcti", "t", "-o", "x");
        refused("credential: is missing", "trust", "enrol", "record", "claim.json", "--answer", "a", "-o", "x");
    }
}
