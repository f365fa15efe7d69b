package dev.quorate.agent;

import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.TlsFiles;
import dev.quorate.agent.fixture.Village;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Base64;

/** The files of an agent that is installed. */
final class Installation {
    private final Path directory;

    Installation(Path directory, Village village, TlsFiles tls, URI coordinator) throws Exception {
        this.directory = directory;
        Path data = Files.createDirectories(directory.resolve("data"));
        writeKey(data.resolve("builder.key"), village.secret(TestRound.SELF));
        tls.writeCertificate(directory.resolve("coordinator.pem"));
        Files.write(directory.resolve("trust.json"), village.signedTrust().bytes());
        Files.writeString(config(), """
                builder: b1
                dir: data
                coordinator: %s
                coordinatorCertificate: coordinator.pem
                trust: trust.json
                isolation: container
                """.formatted(coordinator));
    }

    private static void writeKey(Path file, PrivateKey key) throws Exception {
        String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    Path config() {
        return directory.resolve("agent.yaml");
    }

    Path file(String name) {
        return directory.resolve(name);
    }
}
