package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.store.TrustStore;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings later versions of the trust root into force: checked against the one in force, logged, kept, then used. */
final class Accession {
    private static final Logger LOG = LoggerFactory.getLogger(Accession.class);

    private final TrustBook book;
    private final TrustStore store;
    private final LogBook log;
    private final Recheck hosts;
    private final Runnable review;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** Looks again at the hosts that were admitted under an earlier version. */
    interface Recheck {
        void run() throws IOException, RefusedException, InterruptedException;
    }

    /**
     * @param hosts looks at them before anybody is told that a version is taken; may be asked for more than once
     * @param review looks again at what rests on the versions before; may be asked for more than once
     */
    Accession(TrustBook book, TrustStore store, LogBook log, Recheck hosts, Runnable review, Clock clock) {
        this.book = book;
        this.store = store;
        this.log = log;
        this.hosts = hosts;
        this.review = review;
        this.clock = clock;
    }

    /** Logs what is in force, which a crash may have prevented, and goes on with what was begun. */
    void resume() throws IOException, RefusedException, InterruptedException {
        for (SignedTrust version : book.versions()) {
            TrustLines.of(version, book.versions()).enter(log);
        }
        hosts.run();
        review.run();
    }

    /**
     * Takes a version; the one in force is taken again.
     *
     * @throws RefusedException for any other than the next one, signed by the root keys of the one in force and its own
     */
    TrustRoot push(SignedTrust next) throws RefusedException, IOException, InterruptedException {
        lock.lock();
        try {
            TrustRoot current = book.trust();
            if (next.trust().equals(current)) {
                return current;
            }
            requireNext(next, current);
            requireOwners(next);
            List<SignedTrust> all = new ArrayList<>(book.versions());
            all.add(next);
            TrustLines.of(next, all).enter(log);
            store.add(new TrustStore.Kept(next, false), clock.instant());
            book.adopt(next);
            LOG.info(
                    "trust root adopted version={} revocations={}",
                    next.trust().version(),
                    new TrustChange(current, next.trust()).revoked().size());
        } finally {
            lock.unlock();
        }
        review.run();
        hosts.run();
        return next.trust();
    }

    private static void requireNext(SignedTrust next, TrustRoot current) throws RefusedException {
        int version = next.trust().version();
        String here = "; this coordinator has version " + current.version();
        if (version == current.version()) {
            throw refused("it is another version " + version + " than the one in force; a number is used once");
        } else if (version < current.version()) {
            throw refused("it is version " + version + here + ", and a trust root only goes forward");
        } else if (version > current.version() + 1) {
            throw refused("it is version " + version + here + "; send version " + (current.version() + 1) + " first");
        } else if (next.verifyAlone().isEmpty()) {
            throw refused("version " + version + " is not signed by "
                    + next.trust().root().threshold() + " of its own root keys");
        } else if (next.verifyAfter(current).isEmpty()) {
            throw refused("version " + version + " is not signed by "
                    + current.root().threshold() + " root keys of version " + current.version());
        }
    }

    /** Kits of all versions are read under the newest one. */
    private void requireOwners(SignedTrust next) throws RefusedException {
        Optional<String> given = TrustBook.givenAway(book.versions(), next);
        if (given.isPresent()) {
            throw refused(given.get());
        }
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(Complaint.TRUST_REFUSED, detail);
    }
}
