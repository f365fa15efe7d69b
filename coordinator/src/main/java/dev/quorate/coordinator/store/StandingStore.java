package dev.quorate.coordinator.store;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostState;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What builders' hosts showed of themselves, durable, in the same file as the rounds. */
public final class StandingStore {
    private final Jdbi jdbi;
    private final ReentrantLock writing;

    StandingStore(Jdbi jdbi, ReentrantLock writing) {
        this.jdbi = jdbi;
        this.writing = writing;
    }

    /** All standings. */
    public List<Standing> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM standing ORDER BY builder")
                .map((row, context) -> read(row))
                .list());
    }

    private static Standing read(ResultSet row) throws SQLException {
        return new Standing(
                new BuilderId(row.getString("builder")),
                HostState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("host")).map(Sha256::parse).map(HostId::new),
                row.getString("boot"),
                row.getString("reason"),
                Sha256.parse(row.getString("evidence")),
                Optional.ofNullable(row.getString("certificate")).map(Sha256::parse),
                Instant.parse(row.getString("until")),
                Instant.parse(row.getString("at")));
    }

    /** Keeps a standing that is the same but for its certificate. */
    public void renew(Standing standing) {
        write(handle -> {
            put(handle, standing);
            return standing;
        });
    }

    /** Keeps another standing, and the notice of it, or neither. */
    public KeptNotice change(StandingChange change) {
        return new KeptNotice(write(handle -> put(handle, change)), change.notice(), OptionalLong.empty());
    }

    /** Does the same as a part of another transaction, and answers with the number of the notice. */
    static long put(Handle handle, StandingChange change) {
        put(handle, change.standing());
        Optional<HostNotice.Shown> shown = change.notice().evidence();
        return handle.createUpdate("INSERT INTO host_notice (builder, notice, evidence, key)"
                        + " VALUES (:builder, :notice, :evidence, :key)")
                .bind("builder", change.standing().builder().text())
                .bind("notice", bytes(change.notice().notice()))
                .bind("evidence", shown.map(s -> bytes(s.envelope())).orElse(null))
                .bind("key", shown.map(s -> s.key().toString()).orElse(null))
                .executeAndReturnGeneratedKeys("number")
                .mapTo(Long.class)
                .one();
    }

    /** Keeps where the log has a notice. */
    public void logged(long number, long index) {
        write(handle -> handle.execute("UPDATE host_notice SET log_index = ? WHERE number = ?", index, number));
    }

    private static void put(Handle handle, Standing standing) {
        handle.createUpdate("INSERT OR REPLACE INTO standing"
                        + " (builder, state, host, boot, reason, evidence, certificate, until, at)"
                        + " VALUES (:builder, :state, :host, :boot, :reason, :evidence, :certificate, :until, :at)")
                .bind("builder", standing.builder().text())
                .bind("state", standing.state().name())
                .bind("host", standing.host().map(HostId::toString).orElse(null))
                .bind("boot", standing.boot())
                .bind("reason", standing.reason())
                .bind("evidence", standing.evidence().hex())
                .bind("certificate", standing.certificate().map(Sha256::hex).orElse(null))
                .bind("until", standing.until().toString())
                .bind("at", standing.at().toString())
                .execute();
    }

    /** How often a builder's standing has changed. */
    public long changes(BuilderId builder) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM host_notice WHERE builder = ?")
                .bind(0, builder.text())
                .mapTo(Long.class)
                .one());
    }

    /** The oldest notice that the log may not have. */
    public Optional<KeptNotice> unlogged() throws IOException {
        return kept("log_index IS NULL ORDER BY number LIMIT 1").stream().findFirst();
    }

    /** The notice of a builder's newest change. */
    public Optional<KeptNotice> newest(BuilderId builder) throws IOException {
        return kept("builder = ? ORDER BY number DESC LIMIT 1", builder.text()).stream()
                .findFirst();
    }

    /** A builder's notice, by the digest of its envelope. */
    public Optional<KeptNotice> notice(BuilderId builder, Sha256 digest) throws IOException {
        return kept("builder = ? ORDER BY number DESC", builder.text()).stream()
                .filter(kept -> kept.notice().notice().digest().equals(digest))
                .findFirst();
    }

    /** Where the log has the notices of the builders' newest changes. */
    public Map<BuilderId, Long> indices() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT builder, log_index FROM host_notice WHERE log_index"
                        + " IS NOT NULL AND number IN (SELECT MAX(number) FROM host_notice GROUP BY builder)")
                .reduceRows(new TreeMap<>(), (found, row) -> {
                    found.put(
                            new BuilderId(row.getColumn("builder", String.class)),
                            row.getColumn("log_index", Long.class));
                    return found;
                }));
    }

    private List<KeptNotice> kept(String where, Object... arguments) throws IOException {
        List<NumberedRow> rows = jdbi.withHandle(handle -> handle.select(
                        "SELECT notice, evidence, key, number, log_index FROM host_notice WHERE " + where, arguments)
                .map((result, context) -> {
                    long index = result.getLong(5);
                    OptionalLong known = result.wasNull() ? OptionalLong.empty() : OptionalLong.of(index);
                    return new NumberedRow(row(result), result.getLong(4), known);
                })
                .list());
        List<KeptNotice> notices = new ArrayList<>();
        for (NumberedRow row : rows) {
            notices.add(new KeptNotice(row.number(), row.row().read(), row.index()));
        }
        return notices;
    }

    private record NumberedRow(Row row, long number, OptionalLong index) {}

    private static Row row(ResultSet result) throws SQLException {
        return new Row(
                result.getBytes(1), Optional.ofNullable(result.getBytes(2)), Optional.ofNullable(result.getString(3)));
    }

    /**
     * The newest changes, oldest first.
     *
     * @param most of them
     * @param bytes of notices and evidence at most
     */
    public List<HostNotice> notices(int most, long bytes) throws IOException {
        List<Row> rows = jdbi.withHandle(
                handle -> handle.createQuery("SELECT notice, evidence, key FROM (SELECT *, SUM(LENGTH(notice)"
                                + " + COALESCE(LENGTH(evidence), 0)) OVER (ORDER BY number DESC) AS total"
                                + " FROM host_notice) WHERE total <= ? ORDER BY number DESC LIMIT ?")
                        .bind(0, bytes)
                        .bind(1, most)
                        .map((result, context) -> row(result))
                        .list());
        List<HostNotice> notices = new ArrayList<>();
        for (Row row : rows.reversed()) {
            notices.add(row.read());
        }
        return notices;
    }

    private record Row(byte[] notice, Optional<byte[]> evidence, Optional<String> key) {
        HostNotice read() throws IOException {
            try {
                Optional<HostNotice.Shown> shown = evidence.isEmpty() || key.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new HostNotice.Shown(
                                Envelope.parse(evidence.get(), "stored evidence"), P256Key.parse(key.get())));
                return new HostNotice(Envelope.parse(notice, "stored notice"), shown);
            } catch (MalformedException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private static byte[] bytes(Envelope envelope) {
        return CanonicalJson.bytes(envelope.json());
    }

    private interface Work<T> {
        T in(Handle handle);
    }

    private <T> T write(Work<T> work) {
        writing.lock();
        try {
            return jdbi.inTransaction(work::in);
        } finally {
            writing.unlock();
        }
    }
}
