package dev.quorate.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentProcessTest {
    @TempDir
    Path directory;

    private record Ending(int status, String out, String err) {}

    private static Ending run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = AgentProcess.status(arguments, UnaryOperator.identity());
            return new Ending(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    private Path config() throws Exception {
        return Files.writeString(directory.resolve("agent.yaml"), """
                builder: b1
                dir: data
                coordinator: https://127.0.0.1:8443
                coordinatorCertificate: absent.pem
                trust: absent.json
                isolation: container
                """);
    }

    @Test
    void initNeedsNeitherCoordinatorNorTrustAndKeepsItsKey() throws Exception {
        String file = config().toString();
        Ending first = run("--config", file, "--init");
        assertEquals(0, first.status, first.err);
        assertTrue(
                first.out.matches(
                        "\\{\"builder\":\"b1\",\"key\":\"[A-Za-z0-9+/=]{124}\",\"linkKey\":\"[A-Za-z0-9+/=]{60}\"}\n"),
                first.out);
        assertEquals(first, run("--config", file, "--init"));
    }

    @Test
    void theBuildServiceMakesAndKeepsItsKey() throws Exception {
        String file = Files.writeString(
                        directory.resolve("qrexec.yaml"), "dir: data\nisolation: container\ncallers: []\n")
                .toString();
        Ending first = run("qrexec", "--config", file, "--init");
        assertEquals(0, first.status, first.err);
        assertTrue(first.out.matches("\\{\"service\":\"[A-Za-z0-9+/=]{124}\"}\n"), first.out);
        assertEquals(first, run("qrexec", "--config", file, "--init"));
    }

    @Test
    void theBuildServiceCallsNoOther() throws Exception {
        String file = Files.writeString(directory.resolve("qrexec.yaml"), "dir: data\nisolation: qrexec\ncallers: []\n")
                .toString();
        assertOneSentence(run("qrexec", "--config", file), "qrexec.yaml:2: isolation: must be of this machine");
    }

    @Test
    void whatIsMissingIsOneSentenceAndStatusTwo() throws Exception {
        assertOneSentence(run(), "agent: --config is missing");
        assertOneSentence(run("--config"), "--config needs a value");
        assertOneSentence(run("--bogus"), "--bogus is not known here");
        assertOneSentence(run("--config", directory.resolve("none.yaml").toString()), "is not there");
        assertOneSentence(run("--config", config().toString()), "builder.key: is not there");
        assertOneSentence(run("trial"), "--spec is missing");
        assertOneSentence(run("qrexec"), "--config is missing");
    }

    private static void assertOneSentence(Ending ending, String reason) {
        assertEquals(2, ending.status);
        assertTrue(ending.err.contains(reason), ending.err);
        assertEquals(1, ending.err.lines().count(), ending.err);
        assertEquals("", ending.out);
    }

    @Test
    void anImageGoesIntoANewDirectory() {
        Ending there = run("image", "--out", directory.toString(), "--cache", directory.toString());
        assertEquals(2, there.status, there.err);
        // Where a tool is missing, that is said first.
        assertTrue(there.err.contains("exists already") || there.err.contains("needs more of this machine"), there.err);
        Ending unknown = run("image", "--output", "x");
        assertEquals(2, unknown.status, unknown.err);
    }
}
