package dev.quorate.coordinator.store;

import dev.quorate.digest.Sha256;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/** Keyless bundles that were judged good, durable, in the same file as the rounds. Safe for many threads. */
public final class KeylessStore {
    private final Jdbi jdbi;
    private final ReentrantLock writing;

    KeylessStore(Jdbi jdbi, ReentrantLock writing) {
        this.jdbi = jdbi;
        this.writing = writing;
    }

    /** The bundle whose signature has that SHA-256. */
    public Optional<byte[]> bundle(Sha256 signature) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT bundle FROM keyless WHERE signature = ?")
                .bind(0, signature.hex())
                .mapTo(byte[].class)
                .findFirst());
    }

    /** Keeps a bundle; the first one stays. */
    public void keep(Sha256 signature, byte[] bundle) {
        writing.lock();
        try {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "INSERT OR IGNORE INTO keyless (signature, bundle) VALUES (:signature, :bundle)")
                    .bind("signature", signature.hex())
                    .bind("bundle", bundle)
                    .execute());
        } finally {
            writing.unlock();
        }
    }
}
