package dev.quorate.cli.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.fixture.Specs;
import dev.quorate.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecCommandsTest {
    private static final String UNLOCKED = """
            format: quorate/rebuild/v1
            name: hello
            version: "1.0"
            platform: linux/amd64
            environment: {debian: bookworm}
            sources: [{inline: hello.c, text: "int main(void) { return 0; }"}]
            build: {kind: script, directory: /build/hello, script: make}
            outputs: [hello]
            limits: {time: 1m, memory: 1GiB, disk: 1GiB, log: 1MiB}
            """;

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void specs() throws IOException {
        shell = new Shell(directory);
        shell.write("open.yaml", UNLOCKED);
        shell.write("locked.yaml", CanonicalJson.bytes(Specs.hello("1.0").json()));
        shell.write("bad.yaml", UNLOCKED.replace("1GiB", "much"));
    }

    @Test
    void checkSaysWhatEachSpecIs() {
        Shell.Said said = shell.run("spec", "check", "open.yaml", "locked.yaml");
        assertEquals(ExitCode.OK, said.code());
        assertEquals("open.yaml: ok (unlocked)\nlocked.yaml: ok (locked, 1 inputs)\n", said.out());
        assertTrue(shell.run("spec", "check", "--json", "open.yaml")
                .onlyLine()
                .startsWith("{\"specs\":[{\"file\":\"open.yaml\",\"inputs\":0,\"locked\":false"));
    }

    @Test
    void checkNamesLineAndFieldOfEveryBadSpec() {
        Shell.Said said = shell.run("spec", "check", "bad.yaml", "open.yaml", "none.yaml");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("bad.yaml:9: limits.memory: must be an amount of bytes"), said.err());
        assertTrue(said.err().contains("none.yaml: there is no such file"), said.err());
        assertEquals("", said.out());
    }

    @Test
    void checkAsJsonTellsOfTheGoodAndTheBad() {
        Shell.Said said = shell.run("spec", "check", "--json", "bad.yaml", "open.yaml", "none.yaml");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.onlyLine().contains("{\"error\":\"none.yaml: there is no such file\",\"file\":\"none.yaml\"}"));
        assertTrue(said.onlyLine().contains("\"file\":\"open.yaml\",\"inputs\":0"), said.out());
        assertTrue(said.onlyLine().contains("\"exit\":2"), said.out());
        assertTrue(said.err().contains("bad.yaml:9"), said.err());
    }

    @Test
    void digestIsTheSpecsIdentity() {
        String expected = Specs.hello("1.0").digest().toString();
        Shell.Said said = shell.run("spec", "digest", "locked.yaml");
        assertEquals(ExitCode.OK, said.code());
        assertEquals(expected + "  locked.yaml", said.onlyLine());
        assertTrue(shell.run("spec", "digest", "--json", "locked.yaml").out().contains(expected));
    }

    @Test
    void anUnlockedSpecHasNoDigestAndTheRemedyIsNamed() {
        Shell.Said said = shell.run("spec", "digest", "open.yaml");
        assertEquals(ExitCode.USAGE, said.code());
        assertEquals(
                "quorate: open.yaml: is not locked; pin its inputs with: quorate spec lock open.yaml\n", said.err());
    }

    @Test
    void lockRefusesWhatIsNoSpecBeforeItTouchesAnything() throws IOException {
        Shell.Said said = shell.run("spec", "lock", "bad.yaml", "--cache", "cache");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(Files.notExists(directory.resolve("cache")));
    }

    @Test
    void importBeginsASpecThatCheckRefusesUntilItIsComplete() throws IOException {
        shell.write("x.buildspec", """
                artifactId=widgets
                version=1.0
                gitRepo=https://git.example.org/${artifactId}.git
                gitTag=v${version}
                tool=mvn-3.9.9
                jdk=17
                command="mvn package"
                """);
        assertEquals(
                ExitCode.OK,
                shell.run("spec", "import", "x.buildspec", "-o", "x.rebuild.yaml")
                        .code());
        Shell.Said said = shell.run("spec", "check", "x.rebuild.yaml");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("sources[0].git: a Git commit is 40 lower-case hex digits"), said.err());
    }

    @Test
    void importTakesRecordsAndNothingElse() throws IOException {
        shell.write("x.dsc", "");
        assertEquals(ExitCode.USAGE, shell.run("spec", "import", "x.dsc").code());
        shell.write("x.buildinfo", "Format: 1.0\n");
        Shell.Said said = shell.run("spec", "import", "x.buildinfo");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().startsWith("quorate: x.buildinfo: "), said.err());
    }

    @Test
    void aDirectoryIsNotASpec() throws IOException {
        Files.createDirectory(directory.resolve("d"));
        assertEquals(
                "quorate: d: is a directory where a file belongs\n",
                shell.run("spec", "check", "d").err());
    }
}
