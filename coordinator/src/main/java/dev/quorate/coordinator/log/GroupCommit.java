package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.Closeable;
import java.io.IOException;
import java.security.SignatureException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many callers share one write: what arrives while the disk is busy goes into the next batch. One thread commits
 * batches to the journal; another one takes what was committed into the tree, so that acknowledging never waits for
 * tiles.
 */
final class GroupCommit implements Closeable {
    /** Callers wait when so many bytes are committed and not yet in the tree. */
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private enum Phase {
        RUNNING,
        /** No new entries; those that arrived are committed. */
        CLOSING,
        /** Nothing is committed any more; what was committed still gets into the tree. */
        COMMITTED,
        /** The disk or the key failed; nothing more is acknowledged. */
        FAILED
    }

    private record Arrival(Sha256 leafHash, byte[] leaf) {}

    private final LogStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition committed = lock.newCondition();
    private final Condition integrated = lock.newCondition();
    private final Condition toIntegrate = lock.newCondition();
    private final Map<Sha256, Arrival> waiting = new HashMap<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private List<byte[]> unintegrated = new ArrayList<>();
    private long unintegratedBytes;
    private Phase phase = Phase.RUNNING;
    private LogUnavailableException why = new LogUnavailableException("the log is closed");
    private final Thread committer;
    private final Thread integrator;

    GroupCommit(LogStore store) {
        this.store = store;
        this.committer = Thread.ofPlatform().daemon().name("log-commit").start(() -> run(this::commitAll));
        this.integrator = Thread.ofPlatform().daemon().name("log-integrate").start(() -> run(this::integrateAll));
    }

    LogIndex append(byte[] leaf) throws LogUnavailableException, InterruptedException {
        Sha256 leafHash = MerkleTree.leafHash(leaf);
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<LogIndex> known = store.leaves().find(leafHash);
                if (known.isPresent()) {
                    return known.get();
                }
                requireBefore(Phase.COMMITTED);
                if (!waiting.containsKey(leafHash)) {
                    requireBefore(Phase.CLOSING);
                    var arrival = new Arrival(leafHash, leaf.clone());
                    waiting.put(leafHash, arrival);
                    arrivals.add(arrival);
                    arrived.signal();
                }
                committed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<LogIndex> find(Sha256 leafHash) {
        lock.lock();
        try {
            return store.leaves().find(leafHash);
        } finally {
            lock.unlock();
        }
    }

    VerifiedCheckpoint awaitHead(LogIndex index) throws LogUnavailableException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (index.value() >= store.leaves().size()) {
                throw new IllegalArgumentException("no entry " + index + " was appended");
            }
            while (store.head().head().size() <= index.value()) {
                requireBefore(Phase.FAILED);
                integrated.await();
            }
            return store.head();
        } finally {
            lock.unlock();
        }
    }

    private interface Work {
        void run() throws IOException, SignatureException, InterruptedException;
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (IOException | SignatureException | InterruptedException | RuntimeException | Error e) {
            fail(new LogUnavailableException("the log stopped, because " + e + "; repair the disk and restart", e));
        }
    }

    private void commitAll() throws IOException, InterruptedException {
        for (List<Arrival> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            List<byte[]> entries = batch.stream().map(Arrival::leaf).toList();
            // Only this thread adds leaves, so their number is the next index.
            store.commit(store.leaves().size(), entries);
            acknowledge(batch, entries);
        }
        enter(Phase.COMMITTED);
    }

    private List<Arrival> nextBatch() throws InterruptedException {
        lock.lock();
        try {
            while (phase != Phase.FAILED && unintegratedBytes > MOST_WAITING_BYTES) {
                integrated.await();
            }
            while (phase == Phase.RUNNING && arrivals.isEmpty()) {
                arrived.await();
            }
            List<Arrival> batch = new ArrayList<>();
            if (phase == Phase.FAILED) {
                return batch;
            }
            for (long bytes = 0;
                    !arrivals.isEmpty()
                            && batch.size() < Journal.MAX_BATCH_ENTRIES
                            && bytes < Journal.MAX_BATCH_BYTES; ) {
                batch.add(arrivals.remove());
                bytes += batch.getLast().leaf().length;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void acknowledge(List<Arrival> batch, List<byte[]> entries) {
        lock.lock();
        try {
            for (Arrival arrival : batch) {
                store.leaves().add(arrival.leafHash());
                waiting.remove(arrival.leafHash());
                unintegratedBytes += arrival.leaf().length;
            }
            unintegrated.addAll(entries);
            committed.signalAll();
            toIntegrate.signal();
        } finally {
            lock.unlock();
        }
    }

    private void integrateAll() throws IOException, SignatureException, InterruptedException {
        for (List<byte[]> entries = nextEntries(); !entries.isEmpty(); entries = nextEntries()) {
            store.integrate(entries);
            long bytes = entries.stream().mapToLong(entry -> entry.length).sum();
            lock.lock();
            try {
                unintegratedBytes -= bytes;
                integrated.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private List<byte[]> nextEntries() throws InterruptedException {
        lock.lock();
        try {
            while (unintegrated.isEmpty() && phase.compareTo(Phase.COMMITTED) < 0) {
                toIntegrate.await();
            }
            List<byte[]> entries = unintegrated;
            unintegrated = new ArrayList<>();
            return entries;
        } finally {
            lock.unlock();
        }
    }

    private void requireBefore(Phase late) throws LogUnavailableException {
        if (phase.compareTo(late) >= 0) {
            throw new LogUnavailableException(why.getMessage(), why);
        }
    }

    private void fail(LogUnavailableException reason) {
        lock.lock();
        try {
            why = reason;
            enter(Phase.FAILED);
        } finally {
            lock.unlock();
        }
    }

    private void enter(Phase next) {
        lock.lock();
        try {
            phase = next.compareTo(phase) > 0 ? next : phase;
            arrived.signalAll();
            committed.signalAll();
            toIntegrate.signalAll();
            integrated.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Commits and integrates what arrived, and takes nothing new. */
    @Override
    public void close() throws IOException {
        enter(Phase.CLOSING);
        try {
            committer.join();
            integrator.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the log finished its last batch", e);
        }
    }
}
