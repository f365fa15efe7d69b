package dev.quorate.it.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.it.cluster.Cluster;
import dev.quorate.it.cluster.CommandLine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real release of Maven Central: two builders give Central's own bytes, a third has another JDK. */
class MavenRoundTest {
    private static final String CENTRALS = "2e8cb2d546a01c2259cb17f1e06732db3d14b079d19622bf8400c82cb1ee6b96";
    private static final String WITH_JDK_25 = "86a187ca36d020195cc96d0dffe8b73e08244c3f9e52f4866525f7767d8793e8";

    @TempDir
    Path directory;

    @Test
    void anotherJdkDivergesForReal() throws Exception {
        Tools.needForBuilds();
        Path spec = Examples.fileManagement();
        try (Cluster cluster = Cluster.prepare(directory, Examples.kept(), 3, RoundTest.POLICY)) {
            cluster.withRoots("b1", Examples.trialRoots())
                    .withRoots("b2", Examples.trialRoots())
                    .withRoots("b3", withThisJdk(Examples.trialRoots()));
            cluster.startCoordinator().startAgents("b1", "b2", "b3");
            String round = cluster.submit(spec);
            CommandLine.Result watched = cluster.watch(round);
            assertEquals(
                    ExitCode.NEGATIVE, watched.code(), () -> watched + cluster.logged("b1") + cluster.logged("b3"));
            CommandLine.Result explained = cluster.commandLine().run("explain", round);
            assertTrue(explained.out().contains(CENTRALS.substring(0, 12)), explained::out);
            assertTrue(explained.out().contains(WITH_JDK_25.substring(0, 12)), explained::out);
        }
    }

    /** Root file systems of a host that is not what the spec says: somebody replaced the JDK in them. */
    private Path withThisJdk(Path honest) throws IOException, InterruptedException {
        Path roots = directory.resolve("contaminated");
        run("cp", "-a", "--reflink=auto", honest.toString(), roots.toString());
        try (DirectoryStream<Path> all = Files.newDirectoryStream(roots)) {
            for (Path root : all) {
                Path jdk = root.resolve("usr/lib/jvm/java-17-openjdk-amd64");
                if (Files.isDirectory(jdk)) {
                    run("rm", "-rf", jdk.toString());
                    run("cp", "-a", System.getProperty("java.home"), jdk.toString());
                }
            }
        }
        return roots;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), () -> String.join(" ", command));
    }
}
