package dev.quorate.coordinator.store;

import dev.quorate.round.RoundId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/** Which certified rounds have a file of some name, durable, in the same file as the rounds. Safe for many threads. */
public final class FileStore {
    private static final String AFTER_ALL = "\uffff";

    private final Jdbi jdbi;
    private final ReentrantLock writing;

    FileStore(Jdbi jdbi, ReentrantLock writing) {
        this.jdbi = jdbi;
        this.writing = writing;
    }

    /** Notes the names of a round's files, without directories; again is the same as once. */
    public void add(RoundId round, Collection<String> names) {
        writing.lock();
        try {
            jdbi.useTransaction(handle -> {
                for (String name : names) {
                    handle.execute(
                            "INSERT OR IGNORE INTO certified_file (name, round) VALUES (?, ?)", name, round.text());
                }
            });
        } finally {
            writing.unlock();
        }
    }

    /** The newest rounds that have a file of that name, newest first. */
    public List<RoundId> named(String name, int most) {
        return between(name, name, most);
    }

    /** The newest rounds that have a file whose name begins so, newest first. */
    public List<RoundId> beginningWith(String prefix, int most) {
        return between(prefix, prefix + AFTER_ALL, most);
    }

    private List<RoundId> between(String first, String last, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM round WHERE id IN"
                        + " (SELECT round FROM certified_file WHERE name BETWEEN :first AND :last)"
                        + " ORDER BY ordinal DESC LIMIT :most")
                .bind("first", first)
                .bind("last", last)
                .bind("most", most)
                .mapTo(String.class)
                .map(RoundId::parse)
                .list());
    }

    /** A round's place among all rounds, counted from 1. */
    public long ordinal(RoundId round) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT ordinal FROM round WHERE id = ?")
                .bind(0, round.text())
                .mapTo(Long.class)
                .one());
    }

    /** The round at that place. */
    public Optional<RoundId> round(long ordinal) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM round WHERE ordinal = ?")
                .bind(0, ordinal)
                .mapTo(String.class)
                .findFirst()
                .map(RoundId::parse));
    }
}
