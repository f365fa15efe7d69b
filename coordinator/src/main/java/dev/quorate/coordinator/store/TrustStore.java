package dev.quorate.coordinator.store;

import dev.quorate.dsse.Envelope;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.SignedTrust;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/** The trust roots that were in force, and the notices that they led to; in the same file as the rounds. */
public final class TrustStore {
    private final Jdbi jdbi;
    private final ReentrantLock writing;

    /**
     * One version.
     *
     * @param reviewed whether every count was looked at again under it, or need not be
     */
    public record Kept(SignedTrust trust, boolean reviewed) {}

    TrustStore(Jdbi jdbi, ReentrantLock writing) {
        this.jdbi = jdbi;
        this.writing = writing;
    }

    /** All versions, oldest first. */
    public List<Kept> versions() throws IOException {
        List<Row> rows =
                jdbi.withHandle(handle -> handle.createQuery("SELECT body, reviewed FROM trust ORDER BY version")
                        .map((row, context) -> new Row(row.getBytes(1), row.getBoolean(2)))
                        .list());
        List<Kept> kept = new ArrayList<>();
        for (Row row : rows) {
            try {
                kept.add(new Kept(SignedTrust.parse(row.body, "stored trust root"), row.reviewed));
            } catch (MalformedException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return kept;
    }

    private record Row(byte[] body, boolean reviewed) {}

    /** Makes a version durable. */
    public void add(Kept version, Instant at) {
        execute(
                "INSERT INTO trust (version, body, at, reviewed) VALUES (?, ?, ?, ?)",
                version.trust().trust().version(),
                version.trust().bytes(),
                at.toString(),
                version.reviewed() ? 1 : 0);
    }

    /** Writes down that nothing is left to be looked at under this version and the earlier ones. */
    public void reviewed(int version) {
        execute("UPDATE trust SET reviewed = 1 WHERE version <= ?", version);
    }

    /** What was signed about a subject because of a version. */
    public Optional<Envelope> notice(int version, String subject) throws IOException {
        Optional<byte[]> body = jdbi.withHandle(
                handle -> handle.createQuery("SELECT body FROM notice WHERE version = ? AND subject = ?")
                        .bind(0, version)
                        .bind(1, subject)
                        .mapTo(byte[].class)
                        .findFirst());
        return body.isPresent() ? Optional.of(envelope(body.get())) : Optional.empty();
    }

    /** All that was signed because of later versions, in order. */
    public List<Envelope> notices() throws IOException {
        List<byte[]> bodies =
                jdbi.withHandle(handle -> handle.createQuery("SELECT body FROM notice ORDER BY rowid LIMIT 10000")
                        .mapTo(byte[].class)
                        .list());
        List<Envelope> notices = new ArrayList<>();
        for (byte[] body : bodies) {
            notices.add(envelope(body));
        }
        return notices;
    }

    /** Keeps a notice, so that the log gets the same one again after a crash. */
    public void add(int version, String subject, Envelope notice) {
        execute(
                "INSERT INTO notice (version, subject, body) VALUES (?, ?, ?)",
                version,
                subject,
                CanonicalJson.bytes(notice.json()));
    }

    private static Envelope envelope(byte[] body) throws IOException {
        try {
            return Envelope.parse(body, "stored notice");
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void execute(String sql, Object... values) {
        writing.lock();
        try {
            jdbi.useHandle(handle -> handle.execute(sql, values));
        } finally {
            writing.unlock();
        }
    }
}
