package dev.quorate.coordinator.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.log.FaultyFiles.Fault;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.ProofCheck;
import dev.quorate.log.TileHashes;
import dev.quorate.log.TilePath;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks a short history at each of its file operations, in each way a disk breaks, and looks at what is left. */
class LogCrashTest {
    private static final int OLD = 254;

    /** Everything that was promised to somebody before the fault. */
    private static final class Promises {
        private int acknowledged;
        private final List<TreeHead> heads = new ArrayList<>();
    }

    @ParameterizedTest
    @EnumSource
    void nothingPromisedIsLost(Fault fault) throws Exception {
        for (Publication publication : Publication.values()) {
            breakEverywhere(new FaultyFiles(), 0, publication, Journal.SEGMENT_BYTES, fault);
            // With a new segment for every batch.
            breakEverywhere(oldLog(publication), OLD, publication, 1, fault);
        }
    }

    private static void breakEverywhere(
            FaultyFiles start, int old, Publication publication, int segmentBytes, Fault fault) throws Exception {
        FaultyFiles healthy = start.failingAt(Integer.MAX_VALUE, fault);
        Promises all = live(healthy, old, publication, segmentBytes);
        assertEquals(old + 7, all.acknowledged);
        assertTrue(healthy.operations() > 30);
        for (int at = 0; at < healthy.operations(); at++) {
            FaultyFiles files = start.failingAt(at, fault);
            Promises promises = live(files, old, publication, segmentBytes);
            assertTrue(files.faultHappened());
            check(files.restarted(), promises, publication, fault + " at operation " + at);
        }
    }

    /** Breaking while recovering from a break, too. */
    @ParameterizedTest
    @EnumSource
    void nothingPromisedIsLostInASecondCrash(Fault fault) throws Exception {
        FaultyFiles start = oldLog(Publication.AT_ONCE);
        FaultyFiles healthy = start.failingAt(Integer.MAX_VALUE, fault);
        live(healthy, OLD, Publication.AT_ONCE, 1);
        for (int at = 0; at < healthy.operations(); at += 7) {
            FaultyFiles first = start.failingAt(at, fault);
            Promises promises = live(first, OLD, Publication.AT_ONCE, 1);
            for (int again = 0; again < 40; again += 5) {
                FaultyFiles second = first.restarted().failingAt(again, fault);
                try {
                    LogStore.open(second, TestLogs.SIGNER, Publication.AT_ONCE);
                } catch (IOException expected) {
                    // The second fault.
                }
                check(second.restarted(), promises, Publication.AT_ONCE, fault + " at " + at + ", then " + again);
            }
        }
    }

    private static FaultyFiles oldLog(Publication publication) throws Exception {
        var files = new FaultyFiles();
        LogStore store = LogStore.open(files, TestLogs.SIGNER, publication);
        store.commit(0, TestLogs.entries(0, OLD));
        VerifiedCheckpoint head = store.integrate(TestLogs.entries(0, OLD));
        store.publish(head);
        return files.restarted();
    }

    /** Seven entries in four batches over the edge of a tile, with a restart while the tree is behind. */
    private static Promises live(FaultyFiles files, int old, Publication publication, int segmentBytes)
            throws Exception {
        var promises = new Promises();
        promises.acknowledged = old;
        try {
            LogStore store = LogStore.open(files, TestLogs.SIGNER, publication, segmentBytes);
            remember(store, promises);
            commit(store, promises, 1);
            integrate(store, promises, 1);
            commit(store, promises, 3);
            commit(store, promises, 1);
            integrate(store, promises, 2);
            store.publish(store.head());
            commit(store, promises, 1);
            store.close();
            store = LogStore.open(files, TestLogs.SIGNER, publication, segmentBytes);
            remember(store, promises);
            commit(store, promises, 1);
            integrate(store, promises, 1);
            store.publish(store.head());
        } catch (IOException fault) {
            assertTrue(files.faultHappened());
        }
        return promises;
    }

    private static void commit(LogStore store, Promises promises, int count) throws IOException {
        int from = promises.acknowledged;
        store.commit(from, TestLogs.entries(from, from + count));
        promises.acknowledged += count;
    }

    private static void integrate(LogStore store, Promises promises, int count) throws Exception {
        int to = Math.toIntExact(store.head().head().size()) + count;
        store.integrate(TestLogs.entries(to - count, to));
        remember(store, promises);
    }

    private static void remember(LogStore store, Promises promises) {
        promises.heads.add(store.head().head());
        store.served().ifPresent(served -> promises.heads.add(served.head()));
    }

    private static void check(FaultyFiles files, Promises promises, Publication publication, String what)
            throws Exception {
        LogStore store = LogStore.open(files, TestLogs.SIGNER, publication);
        TreeHead head = store.head().head();
        int size = Math.toIntExact(head.size());
        assertTrue(size >= promises.acknowledged, what + ": " + size + " entries of " + promises.acknowledged);
        requireConsistent(files, promises, head, what);
        store.commit(size, TestLogs.entries(1000, 1003));
        head = store.integrate(TestLogs.entries(1000, 1003)).head();
        requireConsistent(files, promises, head, what);
        var sound = assertInstanceOf(LogFsck.Result.Sound.class, LogFsck.check(files, TestLogs.SIGNER.key()), what);
        assertEquals(head, sound.head());
        requireEntries(files, promises.acknowledged, head, what);
    }

    private static void requireConsistent(FaultyFiles files, Promises promises, TreeHead head, String what)
            throws Exception {
        var hashes = new TileHashes(new StoredTiles(files), head.size());
        for (TreeHead seen : promises.heads) {
            assertTrue(seen.size() <= head.size(), what);
            var proof = MerkleTree.consistencyProof(seen.size(), head.size(), hashes);
            assertEquals(ProofCheck.PROVEN, MerkleProof.consistency(seen, head, proof), what);
        }
    }

    private static void requireEntries(FaultyFiles files, int acknowledged, TreeHead head, String what)
            throws Exception {
        List<byte[]> entries = new ArrayList<>();
        for (long bundle = 0; bundle * TilePath.FULL < head.size(); bundle++) {
            TilePath path = TilePath.entries(bundle, TilePath.widthIn(head.size(), 0, bundle));
            entries.addAll(EntryBundle.read(new StoredTiles(files).read(path), path));
        }
        for (int i = 0; i < acknowledged; i++) {
            assertArrayEquals(TestLogs.entry(i), entries.get(i), what);
        }
    }
}
