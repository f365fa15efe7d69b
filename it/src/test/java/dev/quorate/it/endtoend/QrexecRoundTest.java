package dev.quorate.it.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.it.cluster.Cluster;
import dev.quorate.it.cluster.CommandLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A round in which one of two builders has its builds done in another qube, and the relay lies the first time. */
class QrexecRoundTest {
    /** Within what is sealed: so many signs of life do not come before it. */
    private static final long SEALED_BYTE = 5000;

    @TempDir
    Path directory;

    @Test
    void aRelayNeitherSeesNorChangesAResult() throws Exception {
        Tools.needForBuilds();
        Path spec = Examples.helloInC();
        Path script = Examples.home().resolve("builder-agent/src/main/qubes/quorate.Build");
        try (Cluster cluster = Cluster.prepare(directory, Examples.kept(), 2, RoundTest.POLICY)) {
            Path carried = cluster.buildElsewhere("b2", script, SEALED_BYTE);
            cluster.startCoordinator().startAgents("b1", "b2");
            String round = cluster.submit(spec);
            CommandLine.Result watched = cluster.watch(round);
            assertEquals(
                    ExitCode.OK, watched.code(), () -> watched + cluster.logged("coordinator") + cluster.logged("b2"));
            assertTrue(
                    cluster.logged("b2").contains("SEAL_BROKEN: the sealed frame 0 does not open"),
                    () -> cluster.logged("b2"));
            cluster.commandLine().require("fetch", round, "-o", "out");
            String program = text(directory.resolve("out/hello"));
            assertTrue(program.contains("hello, rebuilders"), "the program says so");
            assertTrue(Files.size(carried) > program.length(), "the relay carried the program");
            assertFalse(text(carried).contains("hello, rebuilders"), "the relay could read the result");
            assertTrue(Files.notExists(directory.resolve("b2-service/call")), "the service left something");
        }
    }

    private static String text(Path file) throws Exception {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
