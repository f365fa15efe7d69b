package dev.quorate.coordinator.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Lab;
import dev.quorate.coordinator.ShownHost;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.desk.Setup;
import dev.quorate.coordinator.enrol.Admission;
import dev.quorate.coordinator.keys.HostAuthority;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.log.FaultyFiles.Fault;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.HostState;
import dev.quorate.host.Occasion;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.Tpm2Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes at every step of the log while a host is lost. Whatever was kept of the loss is in the log once. */
class HostNoticeCrashTest {
    private static final BuilderId B1 = new BuilderId("b1");

    private final SoftTpm tpm = new SoftTpm("t1").measure(4, "kernel");
    private Path directory;
    private Keys keys;
    private SignedTrust trust;
    private Setup setup;

    @BeforeEach
    void setUp(@TempDir Path temporary) throws Exception {
        directory = temporary;
        try (var lab = new Lab(directory, 2, "")) {
            keys = Keys.openOrMake(lab.config, Instant.now());
            var profile = new Tpm2Profile("p", List.of(new PcrReference(4, List.of(tpm.pcr(4)))), List.of(), false);
            var judged =
                    new HostTrust(List.of(new Maker("maker", List.of(SoftTpm.certificate("maker")))), List.of(profile));
            trust = lab.hosting(judged, Map.of(B1, tpm.host("p")));
            Duration minute = Duration.ofMinutes(1);
            setup = new Setup(lab.config.name(), keys.certifier(), trust, lab.policy(), 2, minute, minute, minute);
        }
    }

    /** A coordinator, and how hosts are admitted to it. */
    private final class Life implements AutoCloseable {
        private final DeskInCrash crashing;
        private final Admission admission;

        Life(Path database, FaultyFiles files) throws Exception {
            crashing = new DeskInCrash(database, files, setup, keys, trust, directory);
            admission = new Admission(
                    () -> trust.trust(),
                    HostAuthority.openOrMake(directory, "quorate.example"),
                    Duration.ofMinutes(30),
                    crashing.desk.hosts(),
                    Clock.systemUTC());
        }

        void show(SoftTpm machine) throws Exception {
            ShownHost shown = ShownHost.of(B1, machine, new Occasion.OfEnrolment(admission.nonce(B1)));
            admission.admit(B1, shown.key(), shown.envelope());
        }

        @Override
        public void close() throws IOException {
            crashing.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRASH_LOSING_ALL", "CRASH_AFTER"})
    void whatWasKeptIsLoggedOnce(Fault fault) throws Exception {
        var files = new FaultyFiles();
        Path before = directory.resolve("before.sqlite");
        try (var life = new Life(before, files)) {
            life.crashing.desk.resume();
            life.show(tpm);
        }
        FaultyFiles start = files.restarted();
        tpm.measure(4, "rootkit");
        int kept = 0;
        int owed = 0;
        boolean broken = true;
        for (int at = 0; broken; at++) {
            Path database = directory.resolve(fault + "-" + at + ".sqlite");
            Files.copy(before, database);
            FaultyFiles breaking = start.failingAt(at, fault);
            lose(database, breaking);
            broken = breaking.faultHappened();
            FaultyFiles after = breaking.restarted();
            try (RoundStore store = RoundStore.open(database)) {
                kept += store.standings().all().getFirst().state() == HostState.LOST ? 1 : 0;
                owed += store.standings().unlogged().isPresent() ? 1 : 0;
            }
            long size = check(database, after);
            assertEquals(size, check(database, after.restarted()), fault + " at operation " + at);
        }
        assertTrue(owed > 1 && kept > owed, owed + " of " + kept);
    }

    /** Until the power goes. */
    private void lose(Path database, FaultyFiles files) throws Exception {
        try (var life = new Life(database, files)) {
            life.crashing.desk.resume();
            life.show(tpm);
        } catch (RefusedException | LogUnavailableException | IOException e) {
            // What was refused is the host, if the power did not go before.
            assertTrue(files.faultHappened() || e.getMessage().contains("PCR_UNEXPECTED"), e.getMessage());
        }
    }

    /** Starts again, and looks at what is in the log. */
    private long check(Path database, FaultyFiles files) throws Exception {
        try (var life = new Life(database, files)) {
            life.crashing.desk.resume();
            assertTrue(life.crashing.store.standings().unlogged().isEmpty());
            for (long index : life.crashing.store.standings().indices().values()) {
                life.crashing.await(index);
            }
            long notices = 0;
            for (var notice : life.crashing.store.standings().notices(10, Long.MAX_VALUE)) {
                assertEquals(1, life.crashing.count(notice.notice()));
                assertEquals(
                        1, life.crashing.count(notice.evidence().orElseThrow().envelope()));
                notices++;
            }
            // Beside them there is the root key's signature over the trust root.
            assertEquals(1 + 2 * notices, life.crashing.size());
            assertEquals(2 * notices, life.crashing.desk.hostNotices().bundles().size());
            assertEquals(1 + 2 * notices, life.crashing.size());
            return life.crashing.size();
        }
    }
}
