package dev.quorate.coordinator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.log.Witness;
import dev.quorate.json.MalformedException;
import dev.quorate.key.FileKey;
import dev.quorate.log.Ed25519PublicKey;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private static final NoteKey WITNESS =
            new NoteKey(new KeyName("w.example"), NoteAlgorithm.COSIGNATURE_V1, Ed25519PublicKey.of(newKey()));
    private static final Path HERE = Path.of("/etc/quorate");
    private static final String LEAST = """
            listen: 127.0.0.1:8443
            dir: data
            name: quorate.example
            trust: trust.json
            policy: policy.yaml
            builders: 3
            """;

    private static PublicKey newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Config parse(String yaml) throws MalformedException {
        return Config.parse(yaml.getBytes(StandardCharsets.UTF_8), "coordinator.yaml", HERE);
    }

    private static void refuses(String yaml, String message) {
        String said = assertThrows(MalformedException.class, () -> parse(yaml)).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        Config config = parse(LEAST);
        assertEquals(Duration.ofSeconds(30), config.lease());
        assertEquals(Duration.ofHours(2), config.commitWithin());
        assertEquals(Duration.ofMinutes(10), config.revealWithin());
        assertEquals(Optional.empty(), config.key());
        assertEquals(Optional.empty(), config.tls());
        assertEquals(List.of(), config.witnesses());
        assertEquals(Optional.empty(), config.timeAuthority());
    }

    @Test
    void everyNameIsRead() throws Exception {
        Config config = parse(LEAST + """
                key: certifier.pem
                tls: {certificate: tls.pem, key: /run/tls.key}
                lease: 10s
                commitWithin: 3h
                revealWithin: 20m
                witnesses: [{url: "https://w.example/", key: "%s"}]
                timeAuthority: {url: "http://tsa.example/tsr"}
                """.formatted(WITNESS));
        assertEquals(new Listen("127.0.0.1", 8443), config.listen());
        assertEquals(HERE.resolve("data"), config.dir());
        assertEquals("quorate.example", config.name());
        assertEquals(HERE.resolve("trust.json"), config.trust());
        assertEquals(HERE.resolve("policy.yaml"), config.policy());
        assertEquals(3, config.builders());
        assertEquals(Optional.of(new FileKey("certifier.pem", HERE.resolve("certifier.pem"))), config.key());
        assertEquals(Optional.of(new TlsFiles(HERE.resolve("tls.pem"), Path.of("/run/tls.key"))), config.tls());
        assertEquals(Duration.ofSeconds(10), config.lease());
        assertEquals(Duration.ofHours(3), config.commitWithin());
        assertEquals(Duration.ofMinutes(20), config.revealWithin());
        assertEquals(Optional.of(URI.create("http://tsa.example/tsr")), config.timeAuthority());
        assertEquals(List.of(new Witness(WITNESS, URI.create("https://w.example"))), config.witnesses());
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        refuses(LEAST + "treshold: 2\n", "coordinator.yaml:7: treshold: is not known");
        refuses(LEAST.replace("builders: 3", "builders: 1"), "builders: must be an integer from 2");
        refuses(LEAST.replace("builders: 3", ""), "builders: is missing");
        refuses(LEAST.replace("quorate.example", "https://quorate.example/x"), "bare host name");
        refuses(LEAST.replace("127.0.0.1:8443", "here"), "listen: must be a host and a port");
        refuses(LEAST + "timeAuthority: {url: \"file:///etc\"}\n", "url: must be a web address");
        refuses(LEAST.replace(":8443", ":84430"), "listen: must be a host and a port");
    }
}
