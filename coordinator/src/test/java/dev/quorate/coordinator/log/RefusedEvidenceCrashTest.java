package dev.quorate.coordinator.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Lab;
import dev.quorate.coordinator.ShownHost;
import dev.quorate.coordinator.desk.Asker;
import dev.quorate.coordinator.desk.Lease;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.desk.Setup;
import dev.quorate.coordinator.desk.Wish;
import dev.quorate.coordinator.enrol.Admission;
import dev.quorate.coordinator.keys.HostAuthority;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.log.FaultyFiles.Fault;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.HostState;
import dev.quorate.host.Occasion;
import dev.quorate.json.Fields;
import dev.quorate.policy.Policy;
import dev.quorate.round.BuilderId;
import dev.quorate.spec.Platform;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.Tpm2Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power goes while a host shows a round that it has changed. Evidence that was filed as refused has taken the host's
 * standing with it, whenever that was.
 */
class RefusedEvidenceCrashTest {
    private static final BuilderId B1 = new BuilderId("b1");
    private static final BuilderId B2 = new BuilderId("b2");
    private static final byte[] INPUT = "hello".getBytes(StandardCharsets.UTF_8);

    private final SoftTpm tpm = new SoftTpm("t1").measure(4, "kernel");
    private Path directory;
    private Keys keys;
    private SignedTrust trust;
    private Setup setup;
    private Path before;
    private FaultyFiles start;
    private Lease lease;
    private ShownHost rootkit;

    /** A builder is admitted, has work, and its machine starts another kernel. */
    @BeforeEach
    void lease(@TempDir Path temporary) throws Exception {
        directory = temporary;
        before = directory.resolve("before.sqlite");
        var files = new FaultyFiles();
        try (var lab = new Lab(directory, 2, "")) {
            keys = Keys.openOrMake(lab.config, Instant.now());
            var kernel = List.of(new PcrReference(4, List.of(tpm.pcr(4))));
            var judged = new HostTrust(
                    List.of(new Maker("maker", List.of(SoftTpm.certificate("maker")))),
                    List.of(new Tpm2Profile("p", kernel, List.of(), false)));
            trust = lab.hosting(judged, Map.of(B1, tpm.host("p"), B2, new SoftTpm("t2").host("p")));
            var policy = Policy.parse(
                    "{threshold: 2, hosts: measured, dissent: blocks, witnesses: 0, freshness: 90d}"
                            .getBytes(StandardCharsets.UTF_8),
                    "policy");
            Duration minute = Duration.ofMinutes(1);
            setup = new Setup(lab.config.name(), keys.certifier(), trust, policy, 2, minute, minute, minute);
            try (var life = life(before, files)) {
                life.desk.resume();
                Asker asker = admit(life);
                life.desk.submit(new Wish.Keyed(lab.submission(Lab.spec("hello", INPUT), List.of())));
                lease = life.desk
                        .lease(asker, Platform.parse("linux/amd64"), Duration.ZERO)
                        .orElseThrow();
            }
        }
        start = files.restarted();
        tpm.measure(4, "rootkit");
        rootkit = ShownHost.of(
                B1, tpm, new Occasion.OfRound(lease.round(), lease.opening().digest()));
    }

    private DeskInCrash life(Path database, FaultyFiles files) throws Exception {
        return new DeskInCrash(database, files, setup, keys, trust, directory);
    }

    private Asker admit(DeskInCrash life) throws Exception {
        var authority = HostAuthority.openOrMake(directory, "quorate.example");
        var admission =
                new Admission(trust::trust, authority, Duration.ofMinutes(30), life.desk.hosts(), Clock.systemUTC());
        ShownHost shown = ShownHost.of(B1, tpm, new Occasion.OfEnrolment(admission.nonce(B1)));
        return new Asker(B1, Optional.of(Admission.digest(admission.admit(B1, shown.key(), shown.envelope()))));
    }

    private void show(DeskInCrash life) throws Exception {
        life.desk.attest(B1, lease.round(), lease.granted().token(), rootkit.key(), rootkit.envelope());
    }

    private boolean isFiled(DeskInCrash life) throws Exception {
        return life.store.events(lease.round()).stream().anyMatch(RoundEvent.Attested.class::isInstance);
    }

    private static boolean isLost(DeskInCrash life) {
        return life.store.standings().all().getFirst().state() == HostState.LOST;
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "standing", "host_notice"})
    void whatTheDatabaseCannotKeepInPartItKeepsNothingOf(String table) throws Exception {
        execute("CREATE TRIGGER cut BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(ABORT, 'the power goes'); END");
        FaultyFiles files = start.failingAt(Integer.MAX_VALUE, Fault.CRASH_AFTER);
        try (var life = life(before, files)) {
            life.desk.resume();
            assertThrows(RuntimeException.class, () -> show(life));
            assertEquals(List.of(false, false), List.of(isFiled(life), isLost(life)));
        }
        execute("DROP TRIGGER cut");
        try (var life = life(before, files.restarted())) {
            life.desk.resume();
            assertThrows(RefusedException.class, () -> show(life));
            assertEquals(List.of(true, true), List.of(isFiled(life), isLost(life)));
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + before);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRASH_LOSING_ALL", "CRASH_AFTER"})
    void aRoundHearsOfTheLossWhateverWasLogged(Fault fault) throws Exception {
        int filed = 0;
        int owed = 0;
        boolean broken = true;
        int at = 0;
        for (; broken; at++) {
            Path database = Files.copy(before, directory.resolve(fault + "-" + at + ".sqlite"));
            FaultyFiles breaking = start.failingAt(at, fault);
            showUntilThePowerGoes(database, breaking);
            broken = breaking.faultHappened();
            String where = fault + " at operation " + at;
            try (var life = life(database, breaking.restarted())) {
                boolean kept = isFiled(life);
                assertEquals(kept, isLost(life), where);
                filed += kept ? 1 : 0;
                owed += life.store.standings().unlogged().isPresent() ? 1 : 0;
                life.desk.resume();
                assertTrue(life.store.standings().unlogged().isEmpty(), where);
                // Without b1 the policy cannot be met, so that nobody waits for the deadline.
                String verdict =
                        Fields.of(life.desk.status(lease.round()), "status").string("verdict");
                assertEquals(kept ? "INSUFFICIENT" : "PENDING", verdict, where);
            }
        }
        assertTrue(filed > owed && owed > 0 && at > filed, filed + " of " + at + ", " + owed);
    }

    private void showUntilThePowerGoes(Path database, FaultyFiles files) throws Exception {
        try (var life = life(database, files)) {
            life.desk.resume();
            show(life);
        } catch (RefusedException | LogUnavailableException | IOException e) {
            // What was refused is the host, if the power did not go before.
            assertTrue(files.faultHappened() || e.getMessage().contains("PCR_UNEXPECTED"), e.getMessage());
        }
    }
}
