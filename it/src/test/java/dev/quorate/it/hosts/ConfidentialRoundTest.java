package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.Agent;
import dev.quorate.agent.AgentConfig;
import dev.quorate.agent.Main;
import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.PinnedCertificates;
import dev.quorate.agent.identity.SigningKey;
import dev.quorate.agent.protocol.Admitter;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.Wire;
import dev.quorate.agent.snp.ConfidentialVoices;
import dev.quorate.agent.snp.ReportEntry;
import dev.quorate.agent.work.HostVoices;
import dev.quorate.cli.ExitCode;
import dev.quorate.coordinator.Coordinator;
import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.SoftSnp;
import dev.quorate.host.HostEvidence;
import dev.quorate.inputs.FileCache;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.cluster.Processes;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.BuilderId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two agents in confidential VMs on AMD processors of their own, both played in software, certify under
 * {@code hosts: confidential}; then one VM was launched with something else.
 */
@Timeout(300)
final class ConfidentialRoundTest {
    private static final String INPUT = "input";

    @TempDir
    Path directory;

    private final List<PlayedTsm> tsms = new ArrayList<>();
    private final List<AutoCloseable> agents = new ArrayList<>();
    private Coordinator coordinator;
    private CommandLine commandLine;

    @BeforeEach
    void start() throws Exception {
        commandLine = new CommandLine(directory);
        write("policy.yaml", """
                threshold: 2
                distinct: {zone: 2, host: 2}
                hosts: confidential
                dissent: blocks
                witnesses: 0
                freshness: 1d
                """);
        write("coordinator.yaml", """
                listen: 127.0.0.1:0
                dir: coordinator
                name: quorate.test
                trust: trust.json
                policy: policy.yaml
                builders: 2
                """);
        byte[] input = INPUT.getBytes(StandardCharsets.UTF_8);
        new FileCache(directory.resolve("cache"))
                .put("hello.tar", Sha256.of(INPUT), input.length, new ByteArrayInputStream(input));
        Config config = Config.load(directory.resolve("coordinator.yaml"));
        trustRoot(Keys.openOrMake(config, Instant.now()));
        coordinator = Coordinator.start(config, Clock.systemUTC());
        write("client.yaml", """
                coordinator: https://127.0.0.1:%d
                coordinatorCertificate: coordinator/tls.pem
                key: maintainer.key
                """.formatted(coordinator.port()));
        configure(1, coordinator.port());
        configure(2, coordinator.port());
    }

    private void configure(int number, int port) throws Exception {
        write("b" + number + ".yaml", """
                builder: b%1$d
                dir: b%1$d
                coordinator: https://127.0.0.1:%2$d
                coordinatorCertificate: coordinator/tls.pem
                trust: trust.json
                isolation: container
                cache: cache
                sevSnp: {entry: tsm%1$d}
                """.formatted(number, port));
    }

    private void trustRoot(Keys keys) throws Exception {
        trust("key", "-o", "root.key");
        trust("key", "-o", "maintainer.key");
        trust("init", "--root-key", "root=root.key.pub", "--threshold", "1", "--expires", "30d", "-o", "trust.json");
        add(
                "certifier",
                "--id",
                "quorate.test",
                "--key",
                keys.certifier().publicKey().toString());
        add("log", "--vkey", keys.log().key().vkey());
        add("maintainer", "--id", "maintainer", "--key", "maintainer.key.pub");
        write("ark.pem", pem(SoftSnp.ark().bytes()));
        add("maker", "--name", "amd", "--root", "ark.pem");
        add(
                "profile",
                "--name",
                "vm",
                "--measurement",
                SoftSnp.LAUNCH.toString(),
                "--tcb",
                "snp=8",
                "--tcb",
                "microcode=115");
        for (int i = 1; i <= 2; i++) {
            tsms.add(PlayedTsm.make(directory.resolve("tsm" + i), new SoftSnp(0xc0 + i)));
            // What follows speaks with nobody.
            configure(i, 1);
            String key = Fields.of(JsonReader.read(agent(i, "--init"), "init"), "init")
                    .string("key");
            add(
                    "builder",
                    "--id",
                    "b" + i,
                    "--operator",
                    "op" + i,
                    "--zone",
                    "z" + i,
                    "--cpu-vendor",
                    "amd",
                    "--key",
                    key);
            write("b" + i + ".host.json", agent(i, "--enrol"));
            add("host", "--record", "b" + i + ".host.json", "--maker", "amd", "--profile", "vm");
        }
        trust("sign", "trust.json", "--key", "root.key");
    }

    private void trust(String... words) {
        List<String> all = new ArrayList<>(List.of("trust"));
        all.addAll(List.of(words));
        commandLine.require(all.toArray(String[]::new));
    }

    private void add(String... words) {
        List<String> all = new ArrayList<>(List.of("add", "trust.json"));
        all.addAll(List.of(words));
        trust(all.toArray(String[]::new));
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** What an agent's program prints and ends. */
    private String agent(int number, String flag) throws Exception {
        Path err = directory.resolve("agent.err");
        Process process = Processes.java(Main.class, List.of("--config", "b" + number + ".yaml", flag))
                .directory(directory.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> out + read(err));
        return out.strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void startAgent(int number) throws Exception {
        AgentConfig config = AgentConfig.read(directory.resolve("b" + number + ".yaml"), Optional.empty());
        Agent agent = Agent.open(config, ignored -> order -> PretendingAgent.build(order, Optional.empty()));
        var run = new FutureTask<>(agent::run, true);
        Thread thread = Thread.ofPlatform().start(run);
        agents.add(() -> {
            thread.interrupt();
            run.get();
            agent.close();
        });
    }

    private String submit(String name) throws Exception {
        write(name + ".rebuild.yaml", """
                format: quorate/rebuild/v1
                name: %s
                version: "1.0"
                platform: linux/amd64
                environment: {debian: bookworm}
                sources: [{inline: hello.c, text: hello}]
                build: {kind: script, directory: /build/hello, script: make}
                outputs: [hello]
                limits: {time: 20m, memory: 2GiB, disk: 1MiB, log: 1MiB}
                locked:
                  - {role: source, path: hello.tar, from: "https://example.org/hello.tar", size: %d, sha256: %s}
                """.formatted(name, INPUT.length(), Sha256.of(INPUT)));
        String round = commandLine
                .require("submit", name + ".rebuild.yaml")
                .lines()
                .findFirst()
                .orElseThrow();
        return round;
    }

    @Test
    void onlyVmsLaunchedAsTheProfileSaysCount() throws Exception {
        startAgent(1);
        startAgent(2);
        String first = submit("first");
        CommandLine.Result watched = commandLine.run("status", first, "--watch");
        assertEquals(ExitCode.OK, watched.code(), watched::toString);
        commandLine.require("fetch", first, "-o", "first");
        CommandLine.Result verified = verify();
        assertEquals(ExitCode.OK, verified.code(), verified::toString);
        assertEquals(2, verified.out().split("confidential \\(SEV-SNP, profile vm\\)", -1).length - 1, verified::out);
        assertEquals(2, proofsWithTheirEvidence());
        stopAgents();
        tsms.getLast().launched(report -> report.put(0x90, (byte) 0));
        String second = submit("second");
        refused("MEASUREMENT_UNEXPECTED");
        CommandLine.Result status = commandLine.run("status", second);
        assertTrue(status.out().contains("MEASUREMENT_UNEXPECTED"), status::out);
    }

    /** How many proofs name, as what their builder depended on, the evidence that speaks for the key that signed them. */
    private long proofsWithTheirEvidence() throws Exception {
        byte[] kit = Files.readAllBytes(directory.resolve("first/hello.sigstore.jsonl"));
        Map<Sha256, Sha256> evidence = new HashMap<>();
        List<Bundle> proofs = new ArrayList<>();
        for (Bundle line : Kit.parse(kit, "kit").bundles()) {
            if (payload(line).contains("\"predicateType\":\"" + HostEvidence.TYPE)) {
                evidence.put(line.hint(), line.envelope().digest());
            } else if (payload(line).contains("\"predicateType\":\"" + BuildProof.TYPE)) {
                proofs.add(line);
            }
        }
        return proofs.stream()
                .filter(proof -> payload(proof)
                        .contains("\"uri\":\"https://quorate.dev/evidence/sha256:" + evidence.get(proof.hint()) + "\""))
                .count();
    }

    private static String payload(Bundle line) {
        String payload = ((Json.Str) line.envelope().json().members().get("payload")).value();
        return new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    }

    /** b2 shows its VM, as its agent would. */
    private void refused(String reason) throws Exception {
        var b2 = new BuilderId("b2");
        try (Connections connections = Connections.open(
                b2,
                SigningKey.read(directory.resolve("b2/builder.key")),
                PinnedCertificates.read(directory.resolve("coordinator/tls.pem")),
                Clock.systemUTC())) {
            var wire = new Wire(connections::client, URI.create("https://127.0.0.1:" + coordinator.port() + "/"));
            var admitter = new Admitter(wire);
            HostVoices.Shown shown =
                    new ConfidentialVoices(b2, new ReportEntry(tsms.getLast().entry, List.of())).show(admitter.nonce());
            var refusal = assertThrows(
                    RefusedException.class,
                    () -> admitter.admit(P256Key.of(shown.pair().getPublic()), shown.evidence()));
            assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
        }
    }

    private CommandLine.Result verify() {
        return commandLine.run(
                "verify",
                "first/hello",
                "--kit",
                "first/hello.sigstore.jsonl",
                "--trust",
                "trust.json",
                "--policy",
                "policy.yaml");
    }

    private void stopAgents() throws Exception {
        for (AutoCloseable agent : agents) {
            agent.close();
        }
        agents.clear();
    }

    @AfterEach
    void stop() throws Exception {
        stopAgents();
        coordinator.close();
        for (PlayedTsm tsm : tsms) {
            tsm.close();
        }
    }
}
