package dev.quorate.coordinator.store;

import dev.quorate.digest.Sha256;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/** Time-stamping tokens, durable, in the same file as the rounds. Safe for many threads. */
public final class TokenStore {
    private final Jdbi jdbi;
    private final ReentrantLock writing;

    TokenStore(Jdbi jdbi, ReentrantLock writing) {
        this.jdbi = jdbi;
        this.writing = writing;
    }

    /** The token over the signature with that SHA-256. */
    public Optional<byte[]> token(Sha256 signature) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT token FROM timestamp WHERE signature = ?")
                .bind(0, signature.hex())
                .mapTo(byte[].class)
                .findFirst());
    }

    /** Keeps a token; the first one stays. */
    public void keep(Sha256 signature, byte[] token) {
        writing.lock();
        try {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "INSERT OR IGNORE INTO timestamp (signature, token) VALUES (:signature, :token)")
                    .bind("signature", signature.hex())
                    .bind("token", token)
                    .execute());
        } finally {
            writing.unlock();
        }
    }
}
