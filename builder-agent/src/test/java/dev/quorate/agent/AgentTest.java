package dev.quorate.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.TlsFiles;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.protocol.RoundServer;
import dev.quorate.agent.protocol.TestServer;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
    private final Village village = new Village();
    private final TestRound round = new TestRound(village);
    private final CountDownLatch proven = new CountDownLatch(1);

    @TempDir
    Path directory;

    private TlsFiles tls;

    @BeforeEach
    void makeTls() throws Exception {
        tls = TlsFiles.loopback();
    }

    private Installation installation(TestServer server) throws Exception {
        return new Installation(directory, village, tls, server.base("127.0.0.1"));
    }

    @Test
    void aWholeRoundOverTls() throws Exception {
        Assumptions.assumeTrue(
                "amd64".equals(System.getProperty("os.arch")), "SKIPPED: the test's spec is for linux/amd64");
        Path input = Files.writeString(directory.resolve("gcc.deb"), Village.INPUT);
        round.store(Sha256.of(Village.INPUT), input);
        try (var server = new TestServer(tls, new RoundServer(round, proven))) {
            AgentConfig config = AgentConfig.read(installation(server).config(), Optional.empty());
            try (Agent agent = Agent.open(config, ignored -> new HonestBuilder())) {
                var run = new FutureTask<>(agent::run, true);
                Thread working = Thread.ofPlatform().start(run);
                assertTrue(proven.await(60, TimeUnit.SECONDS), "no proof within a minute");
                working.interrupt();
                assertTrue(run.get(60, TimeUnit.SECONDS));
            }
            assertEquals("BUILT", round.proofs().getFirst().outcome().word());
            assertTrue(round.stored().contains(Sha256.of(HonestBuilder.OUTPUT)));
        }
    }

    @Test
    void twoAgentsOnOneDirectoryAreOneTooMany() throws Exception {
        try (var server = new TestServer(tls, new RoundServer(round, proven))) {
            AgentConfig config = AgentConfig.read(installation(server).config(), Optional.empty());
            Agent first = Agent.open(config, ignored -> new HonestBuilder());
            try {
                var e = assertThrows(ConfigurationException.class, () -> Agent.open(config));
                assertTrue(e.getMessage().contains("another agent runs on this directory"), e.getMessage());
            } finally {
                first.close();
            }
            // Nothing is left that would keep the directory.
            Agent.open(config, ignored -> new HonestBuilder()).close();
        }
    }

    @Test
    void aKeyThatTheTrustRootDoesNotNameIsSaidSo() throws Exception {
        var elsewhere = new Village();
        assertMisconfigured(
                files -> Files.write(
                        files.file("trust.json"), elsewhere.signedTrust().bytes()),
                "does not name the builder b1 with this agent's key");
    }

    @Test
    void anUnsignedTrustRootIsRefused() throws Exception {
        String unsigned = new String(village.signedTrust().bytes(), StandardCharsets.UTF_8)
                .replaceAll("\"signatures\":\\[.*?]", "\"signatures\":[]");
        assertMisconfigured(files -> Files.writeString(files.file("trust.json"), unsigned), "too few of its root keys");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        for (String name : new String[] {"trust.json", "coordinator.pem", "data/builder.key"}) {
            assertMisconfigured(files -> Files.delete(files.file(name)), name + ": is not there");
        }
    }

    @Test
    void aMalformedTrustRootIsNamed() throws Exception {
        try (var server = new TestServer(tls, new RoundServer(round, proven))) {
            Installation files = installation(server);
            Files.writeString(files.file("trust.json"), "{");
            AgentConfig config = AgentConfig.read(files.config(), Optional.empty());
            var e = assertThrows(MalformedException.class, () -> Agent.open(config));
            assertTrue(e.getMessage().contains("trust.json"), e.getMessage());
        }
    }

    private interface Damage {
        void to(Installation files) throws Exception;
    }

    private void assertMisconfigured(Damage damage, String reason) throws Exception {
        try (var server = new TestServer(tls, new RoundServer(round, proven))) {
            Installation files = installation(server);
            damage.to(files);
            AgentConfig config = AgentConfig.read(files.config(), Optional.empty());
            var e = assertThrows(ConfigurationException.class, () -> Agent.open(config));
            assertTrue(e.getMessage().contains(reason), e.getMessage());
        }
    }
}
