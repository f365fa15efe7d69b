package dev.quorate.cli.round;

import dev.quorate.cli.Shell;
import dev.quorate.fixture.RoundScript;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The command line beside a coordinator that answers as a test says. */
abstract class RoundCase {
    @TempDir
    Path directory;

    Shell shell;
    FakeCoordinator coordinator;

    @BeforeEach
    void start() throws Exception {
        coordinator = new FakeCoordinator();
        shell = new Shell(directory).at(InstantSource.fixed(RoundScript.START.plusSeconds(3600)));
        shell.run("trust", "key", "-o", "jane.pem");
        shell.write("tls.pem", coordinator.certificatePem());
        configure(coordinator.url());
        shell.variable("QUORATE_CONFIG", directory.resolve("client.yaml").toString());
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    void configure(String url) throws Exception {
        shell.write("client.yaml", "coordinator: " + url + "\ncoordinatorCertificate: tls.pem\nkey: jane.pem\n");
    }
}
