package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.trust.SignedTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an operator gets wrong is one sentence before anything is served. */
class StartupTest {
    @TempDir
    Path directory;

    private Lab lab;

    @BeforeEach
    void openLab() throws Exception {
        lab = new Lab(directory, 2, "");
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private void refuses(Config config, String message) {
        String said = assertThrows(ConfigException.class, () -> Coordinator.start(config, Clock.systemUTC()))
                .getMessage();
        assertTrue(said.contains(message), said);
        assertEquals(1, said.lines().count());
    }

    private Config changed(String file, String from, String to) throws Exception {
        lab.stop();
        Path path = directory.resolve(file);
        Files.writeString(path, Files.readString(path).replace(from, to));
        return Config.load(directory.resolve("coordinator.yaml"));
    }

    @Test
    void twoOnOneDirectory() {
        refuses(lab.config, "another coordinator runs on the directory");
    }

    @Test
    void aPortThatIsTaken() throws Exception {
        int taken = lab.port();
        // The other directory holds the same keys, so that only the port is wrong.
        Path other = Files.createDirectory(directory.resolve("other"));
        for (String key : new String[] {"certifier.pem", "log.pem"}) {
            Files.copy(lab.config.dir().resolve(key), other.resolve(key));
        }
        Path file = directory.resolve("coordinator.yaml");
        Files.writeString(file, Files.readString(file).replace(":0", ":" + taken));
        refuses(Config.load(file).in(other), "the address is taken");
    }

    @Test
    void aTrustRootThatNobodySignedOrThatDoesNotNameThisCoordinator() throws Exception {
        lab.stop();
        Path trust = directory.resolve("trust.json");
        Files.write(trust, SignedTrust.unsigned(lab.trust.trust()).bytes());
        refuses(lab.config, "is not signed by as many of its root keys");
        Files.write(trust, lab.trust.bytes());
        Files.delete(lab.config.dir().resolve("certifier.pem"));
        refuses(lab.config, "does not name quorate.example as the certifier");
    }

    @Test
    void aLogThatTheTrustRootDoesNotName() throws Exception {
        lab.stop();
        Files.delete(lab.config.dir().resolve("log.pem"));
        refuses(lab.config, "does not name this coordinator's log");
    }

    @Test
    void aPolicyThatTheConfigurationCannotMeet() throws Exception {
        refuses(changed("policy.yaml", "threshold: 2", "threshold: 3"), "raise builders");
        refuses(changed("policy.yaml", "threshold: 3", "treshold: 2"), "policy.yaml");
    }

    @Test
    void witnessesThatThePolicyWantsAreNamedInTheConfiguration() throws Exception {
        refuses(changed("policy.yaml", "witnesses: 0", "witnesses: 1"), "wants 1 witnesses");
    }

    @Test
    void aTimeAuthorityIsNamedInTheConfigurationAndInTheTrustRoot() throws Exception {
        String builders = "builders: 2\n";
        refuses(
                changed("coordinator.yaml", builders, builders + "timeAuthority: {url: \"http://127.0.0.1:1/\"}\n"),
                "names no time authority");
        lab.close();
        Path other = Files.createDirectory(directory.resolve("other"));
        String more = "timeAuthority: {url: \"http://127.0.0.1:1/\"}\n";
        lab = new Lab(other, 2, more, log -> List.of(), List.of(new TimeStamper().authority("tsa.example")));
        lab.stop();
        Path file = other.resolve("coordinator.yaml");
        Files.writeString(file, Files.readString(file).replace(more, ""));
        refuses(Config.load(file), "every certificate would be refused");
    }

    @Test
    void secretKeysAreTheOwnersAlone() throws Exception {
        for (String key : new String[] {"certifier.pem", "log.pem", "tls.key"}) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(lab.config.dir().resolve(key))));
        }
    }
}
