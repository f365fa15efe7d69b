package dev.quorate.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledAgentTest {
    private static final String PREFIX = "quorate-test-killed";

    @TempDir
    Path directory;

    @Test
    void nothingSurvivesKillMinusNineOfTheAgentAndTheNextStartSweeps() throws Exception {
        SandboxFixture.need("bwrap");
        String marker = "5432109";
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HeldSandbox.class.getName(),
                        directory.toString(),
                        marker,
                        PREFIX)
                .inheritIO()
                .start();
        try {
            Processes.await(() -> Processes.anyRuns(marker));
        } finally {
            agent.destroyForcibly().waitFor();
        }
        Processes.await(() -> !Processes.anyRuns(marker));
        new Sandbox(PREFIX).sweep();
        assertTrue(groups().isEmpty(), groups().toString());
    }

    private static List<Path> groups() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Hierarchy hierarchy : Hierarchy.all()) {
            for (Path parent : hierarchy.parents()) {
                try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
                    left.forEach(found::add);
                }
            }
        }
        return found;
    }
}
