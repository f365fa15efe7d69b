package dev.quorate.coordinator.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.log.FaultyFiles.Fault;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.TlogProofCheck;
import dev.quorate.log.VerifiedCheckpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TileLogTest {
    private static final int CALLERS = 64;
    private static final int EACH = 20;

    @TempDir
    Path directory;

    private TileLog open() throws Exception {
        return TileLog.open(directory, TestLogs.SIGNER, Publication.AT_ONCE);
    }

    @Test
    void manyCallersGetAnIndexEachAndAllIsProven() throws Exception {
        var indices = new TreeMap<LogIndex, Integer>();
        try (TileLog log = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LogIndex>> appended = new ArrayList<>();
            for (int i = 0; i < CALLERS * EACH; i++) {
                byte[] entry = TestLogs.entry(i);
                appended.add(threads.submit(() -> log.append(entry)));
            }
            for (int i = 0; i < appended.size(); i++) {
                indices.put(appended.get(i).get(), i);
            }
            assertEquals(CALLERS * EACH, indices.size());
            assertEquals(new LogIndex(CALLERS * EACH - 1), indices.lastKey());
            VerifiedCheckpoint head = log.awaitHead(indices.lastKey());
            for (var entry : indices.entrySet()) {
                assertArrayEquals(TestLogs.entry(entry.getValue()), log.entry(entry.getKey()));
                assertInstanceOf(
                        TlogProofCheck.Included.class,
                        log.prove(entry.getKey(), head)
                                .verify(
                                        MerkleTree.leafHash(TestLogs.entry(entry.getValue())),
                                        CheckpointVerifier.unwitnessed(TestLogs.SIGNER.key())));
            }
        }
        assertSound();
        try (TileLog again = open()) {
            assertEquals(CALLERS * EACH, again.signedCheckpoint().head().size());
            for (var entry : indices.entrySet()) {
                assertEquals(entry.getKey(), again.append(TestLogs.entry(entry.getValue())));
            }
            assertEquals(CALLERS * EACH, again.signedCheckpoint().head().size());
        }
    }

    @Test
    void theSameEntryFromManyCallersIsOneEntry() throws Exception {
        try (TileLog log = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LogIndex>> appended = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                appended.add(threads.submit(() -> log.append(TestLogs.entry(7))));
            }
            for (Future<LogIndex> index : appended) {
                assertEquals(new LogIndex(0), index.get());
            }
            assertEquals(1, log.awaitHead(new LogIndex(0)).head().size());
        }
    }

    @Test
    void aSecondWriterIsTurnedAwayWithASentence() throws Exception {
        try (TileLog log = open()) {
            var refused = assertThrows(LogUnavailableException.class, this::open);
            assertTrue(refused.getMessage().startsWith("another process writes the log in"), refused.getMessage());
            log.append(TestLogs.entry(1));
        }
        open().close();
    }

    @Test
    void aClosedLogTakesNothing() throws Exception {
        TileLog log = open();
        log.append(TestLogs.entry(1));
        log.close();
        assertThrows(LogUnavailableException.class, () -> log.append(TestLogs.entry(2)));
    }

    @Test
    void onlyWhatTheHeadHasIsServed() throws Exception {
        try (TileLog log = open()) {
            assertEquals(Optional.empty(), log.read("tile/0/000.p/1"));
            for (int i = 0; i < 257; i++) {
                log.append(TestLogs.entry(i));
            }
            log.awaitHead(new LogIndex(256));
            assertEquals(256 * 32, log.read("tile/0/000").orElseThrow().length);
            assertEquals(32, log.read("tile/1/000.p/1").orElseThrow().length);
            // Older partial tiles are cut from the full one.
            assertEquals(5 * 32, log.read("tile/0/000.p/5").orElseThrow().length);
            assertTrue(log.read("tile/entries/000.p/255").isPresent());
            assertEquals(
                    log.servedCheckpoint().orElseThrow().note().toString(),
                    new String(log.read("checkpoint").orElseThrow(), StandardCharsets.UTF_8));
            for (String path : List.of("tile/0/001", "tile/0/001.p/2", "lock", "../lock", "journal", "", "head")) {
                assertEquals(Optional.empty(), log.read(path), path);
            }
        }
    }

    @Test
    void anEntryTooLongIsRefused() throws Exception {
        try (TileLog log = open()) {
            assertThrows(IllegalArgumentException.class, () -> log.append(new byte[65_536]));
            assertEquals(new LogIndex(0), log.append(new byte[65_535]));
            assertEquals(new LogIndex(1), log.append(new byte[0]));
        }
        assertSound();
    }

    @Test
    void afterAFailedWriteNothingIsAcknowledged() throws Exception {
        for (Fault fault : List.of(Fault.NO_SPACE, Fault.REPORTED_FAILED)) {
            var healthy = new FaultyFiles().failingAt(Integer.MAX_VALUE, fault);
            LogStore.open(healthy, TestLogs.SIGNER, Publication.AT_ONCE).close();
            FaultyFiles files = new FaultyFiles().failingAt(healthy.operations(), fault);
            TileLog log = TileLog.open(files, TestLogs.SIGNER, Publication.AT_ONCE, () -> {});
            for (int i = 0; i < 3; i++) {
                byte[] entry = TestLogs.entry(i);
                assertThrows(LogUnavailableException.class, () -> log.append(entry));
            }
            assertEquals(0, log.signedCheckpoint().head().size());
            log.close();
            // A retry after the restart gives one entry, whether or not the failed write had reached the disk.
            TileLog again = TileLog.open(files.restarted(), TestLogs.SIGNER, Publication.AT_ONCE, () -> {});
            assertEquals(new LogIndex(0), again.append(TestLogs.entry(0)));
            again.close();
        }
    }

    @Test
    void whenTilesCannotBeWrittenTheLogStopsAndLosesNothing() throws Exception {
        var healthy = new FaultyFiles().failingAt(Integer.MAX_VALUE, Fault.NO_SPACE);
        LogStore.open(healthy, TestLogs.SIGNER, Publication.AT_ONCE).close();
        FaultyFiles files = new FaultyFiles().failingAt(healthy.operations() + 1, Fault.NO_SPACE);
        TileLog log = TileLog.open(files, TestLogs.SIGNER, Publication.AT_ONCE, () -> {});
        LogIndex index = log.append(TestLogs.entry(0));
        assertThrows(LogUnavailableException.class, () -> log.awaitHead(index));
        assertThrows(LogUnavailableException.class, () -> log.append(TestLogs.entry(1)));
        log.close();
        TileLog again = TileLog.open(files.restarted(), TestLogs.SIGNER, Publication.AT_ONCE, () -> {});
        assertEquals(index, again.append(TestLogs.entry(0)));
        assertEquals(1, again.awaitHead(index).head().size());
        again.close();
    }

    @Test
    void everyFlippedByteIsNoticedAndItsFileNamed() throws Exception {
        var files = new FaultyFiles();
        LogStore store = LogStore.open(files, TestLogs.SIGNER, Publication.AT_ONCE);
        store.commit(0, TestLogs.entries(0, 300));
        store.integrate(TestLogs.entries(0, 300));
        store.close();
        for (String path : files.paths()) {
            boolean inTree = path.startsWith("tile");
            int length = files.read(path, Integer.MAX_VALUE).orElseThrow().length;
            for (int at = 0; inTree && at < length; at += 97) {
                FaultyFiles rotten = files.restarted();
                rotten.corrupt(path, at);
                var broken = assertInstanceOf(
                        LogFsck.Result.Broken.class, LogFsck.check(rotten, TestLogs.SIGNER.key()), path + " " + at);
                String partner = path.replace("entries", "0");
                assertTrue(List.of(path, partner).contains(broken.path()), path + " " + broken);
            }
        }
        FaultyFiles rotten = files.restarted();
        rotten.corrupt("checkpoint", 20);
        assertThrows(LogDamagedException.class, () -> LogStore.open(rotten, TestLogs.SIGNER, Publication.AT_ONCE));
    }

    @Test
    void aConfirmedBatchThatChangedKeepsTheLogFromOpening() throws Exception {
        var files = new FaultyFiles();
        LogStore store = LogStore.open(files, TestLogs.SIGNER, Publication.AT_ONCE);
        store.commit(0, TestLogs.entries(0, 3));
        store.commit(3, TestLogs.entries(3, 5));
        files.corrupt(Journal.path(0), JournalFrames.HEADER_BYTES + 30);
        var damaged = assertThrows(
                LogDamagedException.class, () -> LogStore.open(files, TestLogs.SIGNER, Publication.AT_ONCE));
        assertTrue(damaged.getMessage().contains("changed after it was confirmed"), damaged.getMessage());
    }

    @Test
    void aLostCheckpointIsNotANewLog() throws Exception {
        try (TileLog log = open()) {
            log.append(TestLogs.entry(1));
        }
        Files.delete(directory.resolve("checkpoint"));
        assertThrows(LogDamagedException.class, this::open);
    }

    private void assertSound() throws Exception {
        assertInstanceOf(LogFsck.Result.Sound.class, LogFsck.check(new DiskFiles(directory), TestLogs.SIGNER.key()));
    }
}
