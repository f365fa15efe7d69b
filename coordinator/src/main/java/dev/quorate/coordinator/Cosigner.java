package dev.quorate.coordinator;

import dev.quorate.coordinator.desk.Heads;
import dev.quorate.coordinator.log.LogUnavailableException;
import dev.quorate.coordinator.log.TileLog;
import dev.quorate.coordinator.log.WitnessAnswer;
import dev.quorate.coordinator.log.Witnesses;
import dev.quorate.json.MalformedException;
import dev.quorate.log.LogIndex;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has witnesses cosign the log's heads in the background, as soon as somebody needs one and whenever the log has grown. */
final class Cosigner implements Heads, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cosigner.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TileLog log;
    private final Witnesses witnesses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition published = lock.newCondition();
    private final Thread thread;

    Cosigner(TileLog log, Witnesses witnesses) {
        this.log = log;
        this.witnesses = witnesses;
        this.thread = Thread.ofVirtual().name("cosigner").unstarted(this::work);
    }

    Cosigner start() {
        thread.start();
        return this;
    }

    @Override
    public VerifiedCheckpoint over(LogIndex entry) throws LogUnavailableException, InterruptedException {
        VerifiedCheckpoint newest = log.awaitHead(entry);
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (cosignedOver(entry).isEmpty() && left > 0) {
                wanted.signal();
                left = published.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return cosignedOver(entry).orElse(newest);
    }

    private Optional<VerifiedCheckpoint> cosignedOver(LogIndex entry) {
        return log.servedCheckpoint().filter(head -> head.head().size() > entry.value());
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                publish();
                lock.lock();
                try {
                    published.signalAll();
                    wanted.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish() throws InterruptedException {
        long signed = log.signedCheckpoint().head().size();
        if (signed == log.servedCheckpoint().map(head -> head.head().size()).orElse(0L)) {
            return;
        }
        try {
            Witnesses.Round round = witnesses.publish(log);
            if (round.published().isEmpty()) {
                round.answers().stream()
                        .filter(WitnessAnswer.Silent.class::isInstance)
                        .map(WitnessAnswer.Silent.class::cast)
                        .forEach(silent -> LOG.warn(
                                "witness did not cosign witness={} reason={} detail=\"{}\"",
                                silent.witness().key().name(),
                                silent.reason(),
                                silent.detail()));
            }
        } catch (IOException | MalformedException | RuntimeException e) {
            LOG.error("head not cosigned size={}", signed, e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        witnesses.close();
    }
}
