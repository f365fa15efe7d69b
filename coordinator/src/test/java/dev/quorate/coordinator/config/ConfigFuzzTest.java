package dev.quorate.coordinator.config;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class ConfigFuzzTest implements Fuzzed {
    private static final String ALL = """
            listen: 127.0.0.1:8443
            dir: data
            name: quorate.example
            trust: trust.json
            policy: policy.yaml
            builders: 3
            key: keys/certifier
            tls: {certificate: tls.pem, key: tls.key}
            lease: 30s
            commitWithin: 2h
            timeAuthority: {url: "http://tsa.example/"}
            """;

    @Override
    public List<Target> targets() {
        return List.of(Target.of(
                "coordinator-config",
                bytes -> Config.parse(bytes, "coordinator.yaml", Path.of("/etc/quorate")),
                ALL.getBytes(StandardCharsets.UTF_8)));
    }
}
