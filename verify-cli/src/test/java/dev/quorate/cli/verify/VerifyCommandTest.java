package dev.quorate.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void files() throws IOException {
        shell = new Shell(directory).at(InstantSource.fixed(RoundScript.START.plusSeconds(3600)));
        shell.write("hello", "good");
        shell.write("other", "bad");
    }

    private static RoundScript three() {
        return new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .builder("b3")
                .open();
    }

    private void write(RoundScript round) throws IOException {
        shell.write("kit", round.kit());
        shell.write("trust.json", round.signedTrust().bytes());
        shell.write("policy.yaml", CanonicalJson.bytes(round.policy().json()));
    }

    private Shell.Said verify(String... words) {
        String[] all = new String[words.length + 7];
        System.arraycopy(
                new String[] {"verify", "--kit", "kit", "--trust", "trust.json", "--policy", "policy.yaml"},
                0,
                all,
                0,
                7);
        System.arraycopy(words, 0, all, 7, words.length);
        return shell.run(all);
    }

    @Test
    void agreeingBuildersVerify() throws IOException {
        write(three().agree(Specs.built("good")).certify());
        Shell.Said said = verify("hello");
        assertEquals(ExitCode.OK, said.code(), said.out() + said.err());
        assertTrue(said.out().endsWith("VERIFIED  hello@1.0: 3 of 3 operators agree (2 needed)\n"), said.out());
        assertTrue(said.out().contains("op-b2"), said.out());
        assertTrue(said.out().contains("zone-b3"), said.out());
        Shell.Said json = verify("hello", "--json", "--expect", "hello@1.0");
        assertTrue(json.onlyLine().contains("\"verdict\":\"VERIFIED\""), json.out());
    }

    @Test
    void everyArtifactMustBeAnOutput() throws IOException {
        write(three().agree(Specs.built("good")).certify());
        assertEquals(ExitCode.OK, verify("hello", "hello").code());
        Shell.Said said = verify("hello", "other");
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertTrue(said.out().contains("REFUSED   ARTIFACT_UNKNOWN: other has SHA-256"), said.out());
    }

    @Test
    void disagreementIsRefused() throws IOException {
        var round = three();
        round.commit("b1", Specs.built("good"))
                .commit("b2", Specs.built("good"))
                .commit("b3", Specs.built("bad"));
        round.reveal("b1", Specs.built("good"))
                .reveal("b2", Specs.built("good"))
                .reveal("b3", Specs.built("bad"));
        write(round.certify());
        Shell.Said said = verify("hello");
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertTrue(said.out().contains("REFUSED   CONTESTED"), said.out());
    }

    @Test
    void aRoundUnderWayIsUndecided() throws IOException {
        write(three().commit("b1", Specs.built("good")));
        Shell.Said said = verify("hello");
        assertEquals(ExitCode.UNDECIDED, said.code(), said.out());
        assertTrue(said.out().contains("UNDECIDED hello@1.0"), said.out());
    }

    @Test
    void anotherReleaseThanTheExpectedOneIsRefused() throws IOException {
        write(three().agree(Specs.built("good")).certify());
        Shell.Said said = verify("hello", "--expect", "hello@2.0");
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertTrue(said.out().contains("RELEASE_MISMATCH"), said.out());
        assertEquals(ExitCode.USAGE, verify("hello", "--expect", "hello").code());
    }

    @Test
    void aTrustRootBelowItsThresholdIsRefused() throws IOException {
        RoundScript round = three().agree(Specs.built("good")).certify();
        write(round);
        shell.write("trust.json", round.halfSignedTrust().bytes());
        Shell.Said said = verify("hello");
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertTrue(said.out().contains("TRUST_NOT_SIGNED"), said.out());
    }

    /** CVE-2023-32076: what lies in the directory where somebody stands is nobody's configuration. */
    @Test
    void theWorkingDirectoryConfiguresNothing() throws IOException {
        write(three().agree(Specs.built("good")).certify());
        shell.write("client.yaml", "coordinator: https://evil.example");
        for (String left : new String[] {"--kit", "--trust", "--policy"}) {
            List<String> words = new ArrayList<>(
                    List.of("verify", "hello", "--kit", "kit", "--trust", "trust.json", "--policy", "policy.yaml"));
            int at = words.indexOf(left);
            words.subList(at, at + 2).clear();
            Shell.Said said = shell.run(words.toArray(String[]::new));
            assertEquals(ExitCode.USAGE, said.code(), said.out() + said.err());
        }
    }

    @Test
    void aKitThatIsNoneIsRefusedAndAFileThatIsMissingIsUsage() throws IOException {
        write(three().agree(Specs.built("good")).certify());
        shell.write("kit", "no kit");
        assertEquals(ExitCode.NEGATIVE, verify("hello").code());
        assertEquals("quorate: none: there is no such file\n", verify("none").err());
        assertEquals(ExitCode.USAGE, verify("none").code());
        shell.write("policy.yaml", "threshold: 0");
        Shell.Said said = verify("hello");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().startsWith("quorate: policy.yaml:1: threshold: must be an integer from 2"), said.err());
    }

    @Test
    void hostileNamesAreNotPrintedAsTheyAre() throws IOException {
        write(three().agree(Specs.built("good")).certify());
        shell.write("a\u001b[2Jb", "bad");
        Shell.Said said = verify("a\u001b[2Jb");
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertEquals(-1, said.out().indexOf('\u001b'), said.out());
        assertEquals(-1, verify("a\u001b[2Jb", "--json").out().indexOf('\u001b'));
    }
}
