package dev.quorate.coordinator.desk;

import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The trust root in force, and those before it, by which what was signed earlier is still known. Who decides by it and
 * writes the decision down holds it steady meanwhile, so that whatever was decided under an older version is there to be
 * looked at again when a newer one comes.
 */
public final class TrustBook {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile List<SignedTrust> versions;

    /** What is done while no newer version can come. */
    interface Deed<T, E extends Exception> {
        T done() throws E, InterruptedException;
    }

    /** A book of these versions, oldest first, the last one in force. */
    TrustBook(List<SignedTrust> versions) {
        this.versions = List.copyOf(versions);
    }

    /** What is in force, with its signatures. */
    public SignedTrust current() {
        return versions.getLast();
    }

    /** What is in force. */
    public TrustRoot trust() {
        return current().trust();
    }

    /** All versions that were in force here, oldest first. */
    public List<SignedTrust> versions() {
        return versions;
    }

    /** Why a version may not follow those, as a sentence, if it gives a key of an earlier one to somebody else. */
    public static Optional<String> givenAway(List<SignedTrust> versions, SignedTrust next) {
        return versions.reversed().stream()
                .flatMap(earlier -> next.trust().givesAwayOf(earlier.trust()).stream())
                .findFirst();
    }

    /** All of them, newest first: a key is looked for where it is most likely. */
    List<TrustRoot> newestFirst() {
        return versions.reversed().stream().map(SignedTrust::trust).toList();
    }

    <T, E extends Exception> T steadily(Deed<T, E> deed) throws E, InterruptedException {
        lock.readLock().lock();
        try {
            return deed.done();
        } finally {
            lock.readLock().unlock();
        }
    }

    void adopt(SignedTrust next) {
        lock.writeLock().lock();
        try {
            List<SignedTrust> more = new ArrayList<>(versions);
            more.add(next);
            versions = List.copyOf(more);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
