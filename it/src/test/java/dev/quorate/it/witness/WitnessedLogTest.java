package dev.quorate.it.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.log.Publication;
import dev.quorate.coordinator.log.TileLog;
import dev.quorate.coordinator.log.Witness;
import dev.quorate.coordinator.log.WitnessAnswer;
import dev.quorate.coordinator.log.Witnesses;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.LogIndex;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WitnessedLogTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private NoteSigner logSigner;
    private NoteSigner first;
    private NoteSigner second;

    @BeforeEach
    void keys() throws Exception {
        logSigner = signer("log.example", NoteAlgorithm.ED25519);
        first = signer("witness.example/1", NoteAlgorithm.COSIGNATURE_V1);
        second = signer("witness.example/2", NoteAlgorithm.COSIGNATURE_V1);
    }

    private static NoteSigner signer(String name, NoteAlgorithm algorithm) throws Exception {
        return Ed25519NoteSigner.of(
                new KeyName(name),
                algorithm,
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    private WitnessServer witness(NoteSigner signer) throws Exception {
        Path state = directory.resolve(signer.key().name().text().replace('/', '-'));
        return WitnessServer.start(signer, logSigner.key(), state, () -> NOON);
    }

    private TileLog log(String name) throws Exception {
        return TileLog.open(directory.resolve(name), logSigner, Publication.WHEN_COSIGNED);
    }

    private Witnesses witnesses(int required, Witness... witnesses) {
        return new Witnesses(logSigner.key(), List.of(witnesses), required, () -> NOON, PATIENCE);
    }

    private static void append(TileLog log, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            log.append(("entry " + i).getBytes(StandardCharsets.UTF_8));
        }
        log.awaitHead(new LogIndex(to - 1));
    }

    private static void appendOther(TileLog log, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            log.append(("other entry " + i).getBytes(StandardCharsets.UTF_8));
        }
        log.awaitHead(new LogIndex(count - 1));
    }

    @Test
    void aHeadIsPublishedWhenEnoughWitnessesCosignedIt() throws Exception {
        try (TileLog log = log("log");
                WitnessServer one = witness(first);
                WitnessServer two = witness(second);
                Witnesses witnesses =
                        witnesses(2, new Witness(first.key(), one.prefix()), new Witness(second.key(), two.prefix()))) {
            append(log, 0, 5);
            assertEquals(Optional.empty(), log.servedCheckpoint());
            var published = witnesses.publish(log).published().orElseThrow();
            assertEquals(Optional.of(NOON.getEpochSecond()), published.timeOf(2));
            assertEquals(5, log.servedCheckpoint().orElseThrow().head().size());
            append(log, 5, 300);
            assertEquals(5, log.servedCheckpoint().orElseThrow().head().size());
            assertEquals(
                    300, witnesses.publish(log).published().orElseThrow().head().size());
        }
        try (TileLog again = log("log")) {
            String served = again.servedCheckpoint().orElseThrow().note().toString();
            assertTrue(served.contains("witness.example/1") && served.contains("witness.example/2"), served);
        }
    }

    @Test
    void aNewClientLearnsWhereTheWitnessStands() throws Exception {
        try (TileLog log = log("log");
                WitnessServer one = witness(first)) {
            append(log, 0, 5);
            var there = new Witness(first.key(), one.prefix());
            for (int to : new int[] {6, 9, 9}) {
                append(log, 0, to);
                try (Witnesses fresh = witnesses(1, there)) {
                    assertTrue(fresh.publish(log).published().isPresent());
                }
            }
        }
    }

    @Test
    void aHeadFromBeforeThereWereWitnessesDoesNotCountAsCosigned() throws Exception {
        try (TileLog alone = TileLog.open(directory.resolve("log"), logSigner, Publication.AT_ONCE)) {
            append(alone, 0, 3);
        }
        try (TileLog log = log("log");
                WitnessServer one = witness(first);
                Witnesses witnesses = witnesses(1, new Witness(first.key(), one.prefix()))) {
            assertFalse(witnesses.cosigning().suffice(log.servedCheckpoint().orElseThrow()));
            witnesses.publish(log);
            assertTrue(witnesses.cosigning().suffice(log.servedCheckpoint().orElseThrow()));
        }
    }

    @Test
    void aForkGetsNoCosignature() throws Exception {
        try (WitnessServer one = witness(first);
                TileLog honest = log("honest");
                TileLog forked = log("forked");
                Witnesses witnesses = witnesses(1, new Witness(first.key(), one.prefix()))) {
            append(honest, 0, 5);
            assertTrue(witnesses.publish(honest).published().isPresent());
            appendOther(forked, 9);
            var round = witnesses.publish(forked);
            assertEquals(Optional.empty(), round.published());
            assertSilent(WitnessAnswer.Reason.INCONSISTENT, round.answers().getFirst());
            assertEquals(Optional.empty(), forked.servedCheckpoint());
        }
    }

    @Test
    void anotherKeysCosignatureIsNotTakenForTheWitnesss() throws Exception {
        NoteSigner impostor = signer("witness.example/1", NoteAlgorithm.COSIGNATURE_V1);
        try (TileLog log = log("log");
                WitnessServer one = witness(impostor);
                Witnesses witnesses = witnesses(1, new Witness(first.key(), one.prefix()))) {
            append(log, 0, 1);
            var round = witnesses.publish(log);
            assertEquals(Optional.empty(), round.published());
            assertSilent(WitnessAnswer.Reason.BAD_ANSWER, round.answers().getFirst());
        }
    }

    @Test
    void oneOfTwoIsEnoughWhenOneIsGone() throws Exception {
        WitnessServer gone = witness(second);
        URI nowhere = gone.prefix();
        gone.close();
        try (TileLog log = log("log");
                WitnessServer one = witness(first);
                Witnesses witnesses =
                        witnesses(1, new Witness(second.key(), nowhere), new Witness(first.key(), one.prefix()))) {
            append(log, 0, 3);
            var round = witnesses.publish(log);
            assertEquals(1, round.published().orElseThrow().cosignatures().size());
            assertSilent(WitnessAnswer.Reason.UNREACHABLE, round.answers().getFirst());
        }
    }

    private static void assertSilent(WitnessAnswer.Reason reason, WitnessAnswer answer) {
        assertEquals(
                reason, assertInstanceOf(WitnessAnswer.Silent.class, answer).reason());
    }
}
