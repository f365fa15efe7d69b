package dev.quorate.it.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.demo.CorruptAgent;
import dev.quorate.cli.ExitCode;
import dev.quorate.it.cluster.Cluster;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds over the small C program, with three agents. */
class RoundTest {
    static final String POLICY = """
            threshold: 2
            distinct: {zone: 2}
            hosts: none
            dissent: blocks
            witnesses: 0
            freshness: 1d
            """;

    @TempDir
    Path directory;

    private Cluster three() throws Exception {
        Tools.needForBuilds();
        return Cluster.prepare(directory, Examples.kept(), 3, POLICY);
    }

    private static String verdict(CommandLine.Result verification) throws Exception {
        return Fields.of(JsonReader.read(verification.out().strip(), "verify"), "verify")
                .string("verdict");
    }

    @Test
    void threeHonestAgentsCertifyAndAUserVerifies() throws Exception {
        Path spec = Examples.helloInC();
        try (Cluster cluster = three().startCoordinator().startAgents("b1", "b2", "b3")) {
            String round = cluster.submit(spec);
            CommandLine.Result watched = cluster.watch(round);
            assertEquals(
                    ExitCode.OK, watched.code(), () -> watched + cluster.logged("coordinator") + cluster.logged("b1"));
            CommandLine user = cluster.commandLine();
            user.require("fetch", round, "-o", "out");
            String[] verify = {
                "verify",
                "out/hello",
                "--kit",
                "out/hello.sigstore.jsonl",
                "--trust",
                "trust.json",
                "--policy",
                "policy.yaml",
                "--json"
            };
            assertEquals("VERIFIED", verdict(user.run(verify)));
            CommandLine.Result gate = user.run(
                    "gate",
                    "out/hello",
                    "--round",
                    round,
                    "--trust",
                    "trust.json",
                    "--policy",
                    "policy.yaml",
                    "--report",
                    "junit=gate.xml,md=gate.md");
            assertEquals(ExitCode.OK, gate.code(), gate::toString);
            assertTrue(Files.readString(directory.resolve("gate.md")).contains("VERIFIED"));
            Path artifact = directory.resolve("out/hello");
            byte[] bytes = Files.readAllBytes(artifact);
            bytes[bytes.length / 2] ^= 1;
            artifact.toFile().setWritable(true);
            Files.write(artifact, bytes);
            CommandLine.Result refused = user.run(verify);
            assertEquals(ExitCode.NEGATIVE, refused.code());
            assertTrue(refused.out().contains("ARTIFACT_UNKNOWN"), refused::out);
            for (String name : List.of("b1", "b2", "b3", "coordinator")) {
                assertEquals(0, cluster.terminate(name), name);
            }
        }
    }

    @Test
    void aLiarIsNamedAndContestsTheRound() throws Exception {
        Path spec = Examples.helloInC();
        try (Cluster cluster =
                three().startCoordinator().startAgents("b1", "b2").startAgent("b3", CorruptAgent.class)) {
            String round = cluster.submit(spec);
            CommandLine.Result watched = cluster.watch(round);
            assertEquals(ExitCode.NEGATIVE, watched.code(), () -> watched + cluster.logged("coordinator"));
            assertTrue(watched.out().contains("CONTESTED"), watched::out);
            CommandLine.Result explained = cluster.commandLine().run("explain", round);
            assertTrue(explained.out().contains("b3"), explained::out);
            assertTrue(explained.out().contains("hello"), explained::out);
        }
    }

    @Test
    void anAgentKilledInTheMiddleOfABuildLeavesNothingAndComesBack() throws Exception {
        Path spec = Examples.slowHello();
        try (Cluster cluster = three().startCoordinator().startAgents("b1", "b2", "b3")) {
            String round = cluster.submit(spec);
            cluster.awaitLog("b2", "inputs ready");
            cluster.awaitSandbox("b2");
            cluster.kill("b2");
            cluster.awaitNothingLeft("b2");
            cluster.startAgents("b2");
            CommandLine.Result watched = cluster.watch(round);
            assertEquals(ExitCode.OK, watched.code(), () -> watched + cluster.logged("b2"));
            assertTrue(watched.out().contains("3"), watched::out);
            assertCounted(cluster, round, 3);
        }
    }

    @Test
    void aCoordinatorKilledInTheMiddleOfARoundGoesOn() throws Exception {
        Path spec = Examples.slowHello();
        try (Cluster cluster = three().startCoordinator().startAgents("b1", "b2", "b3")) {
            String round = cluster.submit(spec);
            cluster.awaitLog("b1", "inputs ready");
            cluster.kill("coordinator");
            cluster.startCoordinator();
            CommandLine.Result watched = cluster.watch(round);
            assertEquals(ExitCode.OK, watched.code(), () -> watched + cluster.logged("coordinator"));
            assertCounted(cluster, round, 3);
        }
    }

    private static void assertCounted(Cluster cluster, String round, int expected) throws Exception {
        String json = cluster.commandLine().require("status", round, "--json");
        Fields status = Fields.of(JsonReader.read(json.strip(), "status"), "status");
        assertEquals(expected, status.object("threshold").integer("reached", 0, 100));
    }
}
