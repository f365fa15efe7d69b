package dev.quorate.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class GateCommandTest {
    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void contestedRound() throws IOException {
        shell = new Shell(directory).at(InstantSource.fixed(RoundScript.START.plusSeconds(3600)));
        shell.write("hello", "good");
        var round = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .builder("b3")
                .open();
        round.commit("b1", Specs.built("good"))
                .commit("b2", Specs.built("good"))
                .commit("b3", Specs.built("bad"));
        round.reveal("b1", Specs.built("good"))
                .reveal("b2", Specs.built("good"))
                .reveal("b3", Specs.built("bad"));
        write(round.certify());
    }

    private void write(RoundScript round) throws IOException {
        shell.write("kit", round.kit());
        shell.write("trust.json", round.signedTrust().bytes());
        shell.write("policy.yaml", CanonicalJson.bytes(round.policy().json()));
    }

    private void writeAgreed() throws IOException {
        write(new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open()
                .agree(Specs.built("good"))
                .certify());
    }

    private Shell.Said gate(String... words) {
        String[] fixed = {"gate", "--kit", "kit", "--trust", "trust.json", "--policy", "policy.yaml"};
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(fixed), java.util.Arrays.stream(words))
                .toArray(String[]::new);
        return shell.run(all);
    }

    @Test
    void blockStopsAndTheOthersSayItAndLetThrough() {
        assertEquals(ExitCode.NEGATIVE, gate("hello").code());
        assertEquals(ExitCode.NEGATIVE, gate("hello", "--mode", "block").code());
        Shell.Said warned = gate("hello", "--mode", "warn");
        assertEquals(ExitCode.OK, warned.code());
        assertTrue(warned.out().contains("REFUSED   CONTESTED"), warned.out());
        assertTrue(warned.out().contains("gate      WARNING: not verified"), warned.out());
        Shell.Said info = gate("hello", "--mode", "info", "--json");
        assertEquals(ExitCode.OK, info.code());
        assertTrue(info.onlyLine().contains("\"mode\":\"info\",\"notes\""), info.out());
        assertTrue(info.onlyLine().contains("\"passed\":false"), info.out());
        assertEquals(ExitCode.USAGE, gate("hello", "--mode", "maybe").code());
    }

    @Test
    void whatIsVerifiedPasses() throws IOException {
        writeAgreed();
        Shell.Said said = gate("hello");
        assertEquals(ExitCode.OK, said.code());
        assertTrue(said.out().endsWith("gate      passed\n"), said.out());
    }

    @Test
    void anUndecidedRoundBlocksAsUndecided() throws IOException {
        write(new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open());
        assertEquals(ExitCode.UNDECIDED, gate("hello").code());
        assertEquals(ExitCode.OK, gate("hello", "--mode", "warn").code());
    }

    @Test
    void aWaiverCountsUntilItExpiresAndItsUseIsSaid() throws IOException {
        String form = """
                waivers:
                  - artifact: %s
                    reason: the doc tool differs
                    expires: %s
                """;
        shell.write("w.yaml", form.formatted(Sha256.of("good").hex(), "2026-11-24T00:00:00Z"));
        Shell.Said used = gate("hello", "--waivers", "w.yaml");
        assertEquals(ExitCode.OK, used.code(), used.out());
        assertTrue(used.out().contains("waiver    USED: artifact"), used.out());
        assertTrue(used.out().contains("the doc tool differs"), used.out());
        shell.write("w.yaml", form.formatted(Sha256.of("good").hex(), "2026-11-23T13:00:00Z"));
        Shell.Said expired = gate("hello", "--waivers", "w.yaml");
        assertEquals(ExitCode.NEGATIVE, expired.code());
        assertTrue(expired.out().contains("waiver    EXPIRED"), expired.out());
        shell.write("w.yaml", form.formatted(Sha256.of("other").hex(), "2026-11-24T00:00:00Z"));
        assertEquals(ExitCode.NEGATIVE, gate("hello", "--waivers", "w.yaml").code());
        shell.write("w.yaml", "waivers: [{reason: x, expires: 2026-11-24T00:00:00Z}]");
        assertEquals(ExitCode.USAGE, gate("hello", "--waivers", "w.yaml").code());
    }

    @Test
    void aWaiverCoversOneArtifactAndNotItsNeighbour() throws IOException {
        shell.write("second", "second");
        shell.write(
                "w.yaml",
                "waivers: [{artifact: " + Sha256.of("good").hex() + ", reason: x, expires: \"2026-11-24T00:00:00Z\"}]");
        assertEquals(ExitCode.OK, gate("hello", "--waivers", "w.yaml").code());
        assertEquals(
                ExitCode.NEGATIVE,
                gate("hello", "second", "--waivers", "w.yaml").code());
    }

    @Test
    void aWaiverOfAReleaseCoversItsVerdictAndNoForgery() throws IOException {
        shell.write("w.yaml", "waivers: [{release: hello@1.0, reason: x, expires: \"2026-11-24T00:00:00Z\"}]");
        assertEquals(ExitCode.OK, gate("hello", "--waivers", "w.yaml").code());
        writeAgreed();
        shell.write("forged", "forged");
        Shell.Said said = gate("forged", "--waivers", "w.yaml");
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertTrue(said.out().contains("ARTIFACT_UNKNOWN"), said.out());
    }

    @Test
    void reportsAreWrittenForNegativeVerdictsToo() throws Exception {
        Shell.Said said = gate("hello", "--report", "junit=j.xml,sarif=s.json,md=m.md");
        assertEquals(ExitCode.NEGATIVE, said.code());
        Document junit = xml(shell.read("j.xml"));
        assertEquals(
                "1",
                junit.getElementsByTagName("testsuite")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("failures")
                        .getNodeValue());
        assertEquals(
                "CONTESTED",
                junit.getElementsByTagName("failure")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("type")
                        .getNodeValue());
        Fields sarif = Fields.of(JsonReader.read(shell.read("s.json"), "s.json"), "s.json");
        sarif.literal("version", "2.1.0");
        assertTrue(shell.read("s.json").contains("\"level\":\"error\""));
        assertTrue(shell.read("s.json").contains("\"ruleId\":\"CONTESTED\""));
        assertTrue(shell.read("m.md").contains("### Quorate: REFUSED"));
        assertTrue(shell.read("m.md").contains("| b3 |"));
    }

    @Test
    void reportsOfVerifiedArtifactsHoldNoFailure() throws Exception {
        writeAgreed();
        gate("hello", "--report", "junit=j.xml,sarif=s.json");
        assertEquals(0, xml(shell.read("j.xml")).getElementsByTagName("failure").getLength());
        assertTrue(shell.read("s.json").contains("\"results\":[]"));
    }

    @Test
    void namesCannotBreakOutOfAReport() throws Exception {
        String name = "<b>&\"'|`x`[a](b)\u0001";
        shell.write(name, "bad");
        gate(name, "--report", "junit=j.xml,sarif=s.json,md=m.md");
        String shown = xml(shell.read("j.xml"))
                .getElementsByTagName("testcase")
                .item(0)
                .getAttributes()
                .getNamedItem("name")
                .getNodeValue();
        assertEquals("<b>&\"'|`x`[a](b)\\u{1}", shown);
        assertTrue(shell.read("m.md").contains("&lt;b&gt;&amp;\"'\\|\\`x\\`\\[a\\]\\(b\\)"), shell.read("m.md"));
        JsonReader.read(shell.read("s.json"), "s.json");
    }

    @Test
    void wrongUseWritesNoReport() {
        assertEquals(ExitCode.USAGE, gate("none", "--report", "junit=j.xml").code());
        assertThrows(NoSuchFileException.class, () -> shell.read("j.xml"));
        assertEquals(ExitCode.USAGE, gate("hello", "--report", "pdf=x").code());
        assertEquals(
                ExitCode.USAGE, gate("hello", "--report", "junit=a,junit=b").code());
        assertEquals(ExitCode.USAGE, gate("hello", "--wait", "2h").code());
        assertEquals(ExitCode.USAGE, gate("hello", "--round", "r-1").code());
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
