package dev.quorate.agent;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Configuration files, as somebody mistyped them. */
class ConfigFuzzTest implements Fuzzed {
    private static final String AGENT = """
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
    private static final String SERVICE = "dir: /var/lib/quorate\nisolation: container\ncallers: []\n";

    private interface Read {
        void read(Path file) throws ConfigurationException, MalformedException;
    }

    @Override
    public List<Target> targets() {
        return List.of(
                target("agent-config", file -> AgentConfig.read(file, Optional.empty()), AGENT),
                target("qrexec-config", QrexecConfig::read, SERVICE));
    }

    private static Target target(String name, Read read, String seed) {
        return Target.of(name, bytes -> read(read, bytes), seed.getBytes(StandardCharsets.UTF_8))
                .refusing(ConfigurationException.class)
                .costly();
    }

    private static void read(Read read, byte[] bytes) throws IOException, ConfigurationException, MalformedException {
        Path file = Files.createTempFile("fuzz", ".yaml");
        try {
            read.read(Files.write(file, bytes));
        } finally {
            Files.delete(file);
        }
    }
}
