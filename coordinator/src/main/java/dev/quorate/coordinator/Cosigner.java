package dev.quorate.coordinator;

import dev.quorate.coordinator.desk.Heads;
import dev.quorate.coordinator.log.Cosigning;
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

    /** Between two askings of witnesses that did not cosign; nobody who waits makes it shorter. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TileLog log;
    private final Witnesses witnesses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition published = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private final Thread thread;
    private boolean asked;
    private Optional<VerifiedCheckpoint> best = Optional.empty();

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
            // Once all witnesses were asked, a reader gets what there is; the others are asked again in the background.
            Optional<VerifiedCheckpoint> head = shown(entry);
            while (head.isEmpty() && left > 0) {
                asked = true;
                wanted.signal();
                left = published.awaitNanos(left);
                head = shown(entry);
            }
            return head.orElse(newest);
        } finally {
            lock.unlock();
        }
    }

    private Optional<VerifiedCheckpoint> shown(LogIndex entry) {
        return witnesses.cosigning().over(entry, log.servedCheckpoint(), best);
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean done = isCurrent() || publish();
                lock.lock();
                try {
                    published.signalAll();
                    if (!done) {
                        closing.await(RETRY.toNanos(), TimeUnit.NANOSECONDS);
                    } else if (!asked) {
                        wanted.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                    }
                    asked = false;
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isCurrent() {
        return witnesses.cosigning().isCurrent(log.signedCheckpoint(), log.servedCheckpoint());
    }

    /** Asks once; says whether the newest head is served with enough cosignatures. */
    private boolean publish() throws InterruptedException {
        try {
            Cosigning.Round round = witnesses.publish(log);
            keep(round.head());
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
            return round.published().isPresent();
        } catch (IOException | MalformedException | RuntimeException e) {
            LOG.error("head not cosigned", e);
            return false;
        }
    }

    private void keep(VerifiedCheckpoint head) {
        lock.lock();
        try {
            best = Optional.of(head);
        } finally {
            lock.unlock();
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
