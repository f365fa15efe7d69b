package dev.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(directory);
    }

    @Test
    void noCommandIsUsageOnStandardError() {
        Shell.Said said = shell.run();
        assertEquals(ExitCode.USAGE, said.code());
        assertEquals("", said.out());
        assertTrue(said.err().contains("quorate verify"), said.err());
    }

    @Test
    void unknownCommandsAreOneSentenceWithASuggestion() {
        Shell.Said said = shell.run("verfy");
        assertEquals(ExitCode.USAGE, said.code());
        assertEquals("quorate: \"verfy\" is not a command; did you mean verify?; see quorate --help\n", said.err());
        assertTrue(shell.run("trust", "singn").err().contains("did you mean sign?"));
        assertTrue(shell.run("trust").err().contains("key, init, statement, add"));
    }

    @Test
    void escapesInAWrongCommandAreNotPrinted() {
        assertEquals(-1, shell.run("\u001b[31mx").err().indexOf('\u001b'));
        assertEquals(-1, shell.run("verify", "--\u001b[31m").err().indexOf('\u001b'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify",
                "gate",
                "spec",
                "trust",
                "submit",
                "status",
                "explain",
                "fetch",
                "audit",
                "doctor",
                "demo",
                "export",
                "log",
                "coordinator",
                "agent",
                "test"
            })
    void everyCommandHasHelp(String command) {
        Shell.Said said = shell.run(command, "--help");
        assertEquals(ExitCode.OK, said.code());
        assertTrue(said.out().startsWith("quorate " + command), said.out());
        assertEquals(said.out(), shell.run("help", command).out());
        assertEquals(said.out(), shell.run(command, "-h").out());
    }

    @Test
    void helpOnNothingIsRefused() {
        assertEquals(ExitCode.USAGE, shell.run("help", "../quorate").code());
        assertEquals(ExitCode.OK, shell.run("--help").code());
    }

    @Test
    void theVersionIsTheBuilds() {
        Shell.Said said = shell.run("--version");
        assertEquals(ExitCode.OK, said.code());
        assertTrue(said.onlyLine().matches("quorate [0-9]+\\.[0-9]+\\.[0-9]+\\S* \\(Java [0-9]+.*\\)"), said.out());
        assertTrue(shell.run("--version", "--json").onlyLine().contains("\"name\":\"quorate\""));
    }

    @Test
    void errorsAreAnObjectWithJson() {
        Shell.Said said = shell.run("spec", "digest", "--json", "none.yaml");
        assertEquals(ExitCode.USAGE, said.code());
        assertEquals("{\"error\":\"none.yaml: there is no such file\",\"exit\":2}", said.onlyLine());
        assertEquals("quorate: none.yaml: there is no such file\n", said.err());
    }

    @Test
    void whateverIsThrownIs70InOneLine() throws IOException {
        shell.run("trust", "key", "-o", "a");
        Shell broken = new Shell(directory).at(() -> {
            throw new IllegalStateException("the clock\nis \u001bbroken");
        });
        List<String> words = List.of(
                "trust", "init", "--root-key", "a=a.pub", "--threshold", "1", "--expires", "1d", "-o", "t.json");
        Shell.Said said = broken.run(words.toArray(String[]::new));
        assertEquals(ExitCode.INTERNAL, said.code());
        assertEquals(1, said.err().lines().count(), said.err());
        assertEquals(-1, said.err().indexOf('\u001b'));
        assertTrue(said.err().contains("IllegalStateException"));
        Shell.Said debug = broken.variable("QUORATE_DEBUG", "1").run(words.toArray(String[]::new));
        assertTrue(debug.err().contains("\tat dev.quorate"), debug.err());
    }

    @Test
    void anAnswerThatCannotBeWrittenIsNoSuccess() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        Shell.Said said = shell.run(full, new ByteArrayOutputStream(), "--help");
        assertEquals(ExitCode.INTERNAL, said.code());
    }

    @Test
    void theNumbersAreTheContract() {
        assertEquals(0, ExitCode.OK.number());
        assertEquals(1, ExitCode.NEGATIVE.number());
        assertEquals(2, ExitCode.USAGE.number());
        assertEquals(3, ExitCode.UNDECIDED.number());
        assertEquals(70, ExitCode.INTERNAL.number());
    }

    @Test
    void aFileMayBeCalledLikeAnOption() {
        Shell.Said said = shell.run("spec", "check", "--", "--json");
        assertEquals("", said.out());
        assertEquals("quorate: --json: there is no such file\n", said.err());
    }
}
