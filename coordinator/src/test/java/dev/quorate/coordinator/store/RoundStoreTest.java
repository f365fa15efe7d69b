package dev.quorate.coordinator.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.Terms;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.Verdict;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456789Z");
    static final SpecDigest SPEC = new SpecDigest(Sha256.of("spec"));

    @TempDir
    Path directory;

    static RoundId round(int number) {
        var bytes = new byte[16];
        bytes[15] = (byte) number;
        return RoundId.ofRandom(bytes);
    }

    static RoundEvent.Opened opened(RoundId round, SpecDigest spec) {
        var terms = new Terms(
                round,
                spec,
                List.of(new BuilderId("b1"), new BuilderId("b2")),
                2,
                Duration.ofSeconds(30),
                Duration.ofHours(2),
                Duration.ofMinutes(10));
        return new RoundEvent.Opened(NOW, terms, new Filed(Sha256.of("opening"), 0));
    }

    static StoredEnvelope envelope(String text) {
        return new StoredEnvelope(
                EnvelopeKind.COMMITMENT,
                OptionalLong.of(7),
                Envelope.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[] {1}));
    }

    private RoundStore open() throws Exception {
        return RoundStore.open(directory.resolve("rounds.sqlite"));
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() throws Exception {
        var passed = new RoundEvent.Passed(NOW);
        try (RoundStore store = open()) {
            store.open(opened(round(1), SPEC), List.of(envelope("first")));
            store.append(round(1), passed, Optional.of(envelope("second")), Phase.COMMITTING);
        }
        try (RoundStore store = open()) {
            assertEquals(List.of(opened(round(1), SPEC), passed), store.events(round(1)));
            assertEquals(
                    List.of(
                            envelope("first").envelope().json(),
                            envelope("second").envelope().json()),
                    store.envelopes(round(1)).stream()
                            .map(e -> e.envelope().json())
                            .toList());
            assertEquals(List.of(round(1)), store.open());
            assertEquals(Optional.of(round(1)), store.open(SPEC));
        }
    }

    @Test
    void aCountedRoundIsNoLongerJoinedAndALoggedOneNoLongerOpen() throws Exception {
        try (RoundStore store = open()) {
            store.open(opened(round(1), SPEC), List.of());
            store.append(round(1), new RoundEvent.Counted(NOW, Verdict.FAILED, "x"), Optional.empty(), Phase.TALLIED);
            assertEquals(Optional.empty(), store.open(SPEC));
            assertEquals(List.of(round(1)), store.open());
            store.append(
                    round(1),
                    new RoundEvent.Certified(NOW, new Filed(Sha256.of("c"), 3)),
                    Optional.empty(),
                    Phase.LOGGED);
            assertEquals(List.of(), store.open());
            assertEquals(List.of(round(1)), store.newest(10));
        }
    }

    @Test
    void manyWritersAndReadersNeverFindTheDatabaseLocked() throws Exception {
        try (RoundStore store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.open(opened(round(1), SPEC), List.of());
            List<Future<?>> work = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        for (int n = 0; n < 25; n++) {
                            store.append(round(1), new RoundEvent.Passed(NOW), Optional.empty(), Phase.COMMITTING);
                            store.newest(5);
                            store.open(SPEC);
                        }
                        return n(store);
                    }))
                    .toList();
            for (Future<?> future : work) {
                future.get();
            }
            assertEquals(1 + 8 * 25, store.events(round(1)).size());
        }
    }

    private static long n(RoundStore store) {
        return store.count();
    }

    /** Every schema that was ever released has a dump here; none may be edited. */
    @Test
    void dataOfEveryEarlierSchemaOpens() throws Exception {
        for (int version = 1; version <= 1; version++) {
            Path file = directory.resolve("v" + version + ".sqlite");
            load(version, file);
            try (RoundStore store = RoundStore.open(file)) {
                assertEquals(List.of(round(1)), store.open());
                assertEquals(opened(round(1), SPEC), store.events(round(1)).getFirst());
                assertTrue(store.envelopes(round(1)).getFirst().index().isPresent());
            }
        }
        assertTrue(Files.exists(directory.resolve("v1.sqlite")));
    }

    private static void load(int version, Path file) throws Exception {
        try (InputStream in = RoundStoreTest.class.getResourceAsStream("schema-v" + version + ".sql");
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            String dump = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            for (String command : dump.split(";\n")) {
                statement.execute(command);
            }
        }
    }
}
