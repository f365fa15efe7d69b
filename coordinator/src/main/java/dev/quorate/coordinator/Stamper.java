package dev.quorate.coordinator;

import dev.quorate.coordinator.desk.Stamps;
import dev.quorate.coordinator.store.TokenStore;
import dev.quorate.coordinator.time.StampException;
import dev.quorate.coordinator.time.TimeAuthorityClient;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has certificates stamped in the background, one after the other, each until it is. */
final class Stamper implements Stamps, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stamper.class);

    /** Between two askings when one has failed; nobody who waits makes it shorter. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Whether a kit is any good without a token. */
    enum Need {
        /** Witnesses give the time; nobody waits for a token. */
        WELCOME,
        /** Nobody else gives the time. */
        NEEDED
    }

    private final TimeAuthorityClient authority;
    private final TokenStore tokens;
    private final Duration patience;
    private final SequencedMap<Sha256, byte[]> wanted = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Condition stamped = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private final Thread thread = Thread.ofVirtual().name("stamper").unstarted(this::work);

    Stamper(TimeAuthorityClient authority, TokenStore tokens, Need need) {
        this.authority = authority;
        this.tokens = tokens;
        this.patience = need == Need.NEEDED ? PATIENCE : Duration.ZERO;
    }

    Stamper start() {
        thread.start();
        return this;
    }

    @Override
    public void want(Envelope certificate) {
        lock.lock();
        try {
            byte[] signature = certificate.signature();
            Sha256 id = Sha256.of(signature);
            if (tokens.token(id).isEmpty() && wanted.putIfAbsent(id, signature) == null) {
                asked.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<byte[]> over(Envelope certificate) throws InterruptedException {
        want(certificate);
        Sha256 id = Sha256.of(certificate.signature());
        long left = patience.toNanos();
        lock.lock();
        try {
            Optional<byte[]> token = tokens.token(id);
            while (token.isEmpty() && left > 0) {
                left = stamped.awaitNanos(left);
                token = tokens.token(id);
            }
            return token.stream().toList();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Map.Entry<Sha256, byte[]> next = next();
                if (!stamp(next.getKey(), next.getValue())) {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            closing.await(RETRY.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            lock.unlock();
        }
    }

    private Map.Entry<Sha256, byte[]> next() throws InterruptedException {
        lock.lock();
        try {
            while (wanted.isEmpty()) {
                asked.await();
            }
            return wanted.firstEntry();
        } finally {
            lock.unlock();
        }
    }

    /** Asks once; says whether there is a token now. */
    private boolean stamp(Sha256 id, byte[] signature) throws InterruptedException {
        try {
            tokens.keep(id, authority.stamp(signature));
            finished(id);
            return true;
        } catch (StampException e) {
            LOG.warn("certificate not stamped signature={} detail=\"{}\"", id, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("certificate not stamped signature={}", id, e);
        }
        return false;
    }

    private void finished(Sha256 id) {
        lock.lock();
        try {
            wanted.remove(id);
            stamped.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        authority.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
