package dev.quorate.it.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.digest.Sha256;
import dev.quorate.it.cluster.Cluster;
import dev.quorate.it.cluster.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real release of Debian: a builder with containers and one with virtual machines give Debian's own bytes. */
class MachineRoundTest {
    private static final String DEBIANS = "02c787c2c867fc463248c8b656d02495162e15f3e7cf9347286cfd0c0e88c57a";
    private static final String ARTIFACT = "debvm_0.2.10+deb12u1_all.deb";

    @TempDir
    Path directory;

    @Test
    void aContainerAndAMachineGiveTheSameBytes() throws Exception {
        Tools.needForMachines();
        Path spec = Examples.debvm();
        String policy = RoundTest.POLICY;
        try (Cluster cluster = Cluster.prepare(directory, Examples.kept(), 2, policy)) {
            cluster.inMachines("b2", "b1").startCoordinator().startAgents("b1", "b2");
            String round = cluster.submit(spec);
            CommandLine.Result watched = cluster.watch(round);
            assertEquals(
                    ExitCode.OK,
                    watched.code(),
                    () -> watched + cluster.logged("coordinator") + cluster.logged("b1") + cluster.logged("b2"));
            assertTrue(cluster.logged("b2").contains("virtual machines kernel="), () -> cluster.logged("b2"));
            cluster.commandLine().require("fetch", round, "-o", "out");
            byte[] artifact = Files.readAllBytes(directory.resolve("out").resolve(ARTIFACT));
            assertEquals(DEBIANS, Sha256.of(artifact).hex());
        }
    }
}
