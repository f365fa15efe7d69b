package dev.quorate.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.qrexec.RemoteCommand;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
    private static final String WHOLE = """
            builder: b1
            dir: data
            coordinator: https://127.0.0.1:8443
            coordinatorCertificate: coordinator.pem
            trust: trust.json
            isolation: container
            cache: /var/cache/quorate
            tpm: {tcti: "swtpm:path=/run/tpm", eventLogs: [events], ima: list}
            sevSnp: {entry: tsm, certificates: vcek.pem}
            """;

    @TempDir
    Path directory;

    private AgentConfig read(String yaml) throws Exception {
        return AgentConfig.read(Files.writeString(directory.resolve("agent.yaml"), yaml), Optional.empty());
    }

    @Test
    void everyKeyMaps() throws Exception {
        var expected = new AgentConfig(
                new BuilderId("b1"),
                directory.resolve("data"),
                URI.create("https://127.0.0.1:8443/"),
                directory.resolve("coordinator.pem"),
                directory.resolve("trust.json"),
                Isolation.CONTAINER,
                Path.of("/var/cache/quorate"),
                Optional.of(new TpmConfig(
                        "swtpm:path=/run/tpm", List.of(directory.resolve("events")), directory.resolve("list"))),
                Optional.of(new SnpConfig(directory.resolve("tsm"), Optional.of(directory.resolve("vcek.pem")))),
                Optional.empty());
        assertEquals(expected, read(WHOLE));
    }

    @Test
    void aConfidentialVmHasAnEntryOfItsOwn() throws Exception {
        AgentConfig config = read(WHOLE.replaceAll("sevSnp:.*\n", "sevSnp: {}\n"));
        assertEquals(
                Optional.of(new SnpConfig(Path.of("/sys/kernel/config/tsm/report/quorate-b1"), Optional.empty())),
                config.sevSnp());
    }

    @Test
    void theCacheIsBelowTheDataDirectoryUnlessConfigured() throws Exception {
        AgentConfig config = read(WHOLE.replaceAll("cache:.*\n", ""));
        assertEquals(directory.resolve("data/cache"), config.cache());
    }

    @Test
    void theCommandLinesDirectoryReplacesTheFiles() throws Exception {
        Path file = Files.writeString(directory.resolve("agent.yaml"), WHOLE.replaceAll("dir:.*\n", ""));
        assertEquals(
                directory.resolve("else"),
                AgentConfig.read(file, Optional.of(directory.resolve("else"))).directory());
        var e = assertThrows(MalformedException.class, () -> AgentConfig.read(file, Optional.empty()));
        assertTrue(e.getMessage().contains("--dir"), e.getMessage());
    }

    @Test
    void anUnknownKeyIsNamedWithItsLine() {
        var e = assertThrows(MalformedException.class, () -> read(WHOLE + "threshhold: 3\n"));
        assertTrue(e.getMessage().contains("agent.yaml:10: threshhold"), e.getMessage());
    }

    @Test
    void buildsElsewhereNeedTheirCommandAndKey() throws Exception {
        P256Key key = P256Key.of(KeyPairSigner.generate().getPublic());
        String there = WHOLE.replace("isolation: container", "isolation: qrexec");
        String qrexec = "qrexec: {command: [qrexec-client-vm, build, quorate.Build+b1], service: \"" + key + "\"}\n";
        AgentConfig config = read(there + qrexec);
        assertEquals(Isolation.QREXEC, config.isolation());
        assertEquals(
                Optional.of(new RemoteCommand(List.of("qrexec-client-vm", "build", "quorate.Build+b1"), key)),
                config.qrexec());
        for (String bad : new String[] {
            there,
            WHOLE + qrexec,
            there + qrexec.replaceFirst("\\[.*]", "[]"),
            there + qrexec.replace("build,", "\"\","),
            there + qrexec.replace("service:", "key:")
        }) {
            assertThrows(MalformedException.class, () -> read(bad), bad);
        }
    }

    @Test
    void onlyAnHttpsUrlOfAHostIsACoordinator() {
        for (String bad : new String[] {
            "http://127.0.0.1:8443", "https://127.0.0.1/v1", "https://u:p@127.0.0.1", "https:///", "127.0.0.1:8443"
        }) {
            var e = assertThrows(
                    MalformedException.class, () -> read(WHOLE.replace("https://127.0.0.1:8443", "\"" + bad + "\"")));
            assertTrue(e.getMessage().contains("agent.yaml:3: coordinator: "), e.getMessage());
        }
    }
}
