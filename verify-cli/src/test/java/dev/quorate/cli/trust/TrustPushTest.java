package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.round.FakeCoordinator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bringing a trust root into force at a coordinator that runs. */
class TrustPushTest extends TrustCase {
    private static final String PUSH = "POST /v1/trust";
    private FakeCoordinator coordinator;

    @BeforeEach
    void start() throws Exception {
        coordinator = new FakeCoordinator();
        shell.write("tls.pem", coordinator.certificatePem());
        shell.write(
                "client.yaml", "coordinator: " + coordinator.url() + "\ncoordinatorCertificate: tls.pem\nkey: jane\n");
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private void sign() {
        ok("trust", "sign", "trust.json", "--key", "alice");
        ok("trust", "sign", "trust.json", "--key", "bob");
    }

    @Test
    void aSignedVersionIsSentAsItIs() throws Exception {
        sign();
        coordinator.answers(PUSH, "{\"version\":1}");
        String said =
                ok("trust", "push", "trust.json", "--config", "client.yaml").out();
        assertTrue(said.contains("trust.json: version 1 is in force at " + coordinator.url()), said);
        assertArrayEquals(trust("trust.json").bytes(), coordinator.received(PUSH));
    }

    @Test
    void whatTooFewHaveSignedIsNotSent() {
        ok("trust", "sign", "trust.json", "--key", "alice");
        assertTrue(refused("trust", "push", "trust.json", "--config", "client.yaml")
                .contains("version 1 is not signed by 2 of its root keys; sign it with: quorate trust sign"));
        assertNull(coordinator.received(PUSH));
    }

    @Test
    void whyTheCoordinatorDoesNotTakeItIsSaid() {
        sign();
        coordinator.refuses(PUSH, "version 3 is in force already");
        assertTrue(refused("trust", "push", "trust.json", "--config", "client.yaml")
                .contains("version 3 is in force already"));
    }
}
