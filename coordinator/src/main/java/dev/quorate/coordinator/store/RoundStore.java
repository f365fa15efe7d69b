package dev.quorate.coordinator.store;

import dev.quorate.coordinator.round.EventJson;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.dsse.Envelope;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import dev.quorate.spec.Release;
import dev.quorate.spec.SpecDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Rounds, durable. Safe for many threads; one of them writes at a time. */
public final class RoundStore implements AutoCloseable {
    private final Database database;
    private final Jdbi jdbi;
    private final ReentrantLock writing = new ReentrantLock();

    private RoundStore(Database database) {
        this.database = database;
        this.jdbi = Jdbi.create(database.source());
    }

    /** Opens the file, which is made or brought to the newest schema. */
    public static RoundStore open(Path file) throws IOException {
        return new RoundStore(Database.open(file));
    }

    /** The hosts in the same file. */
    public HostStore hosts() {
        return new HostStore(jdbi, writing);
    }

    /** What builders' hosts showed of themselves, in the same file. */
    public StandingStore standings() {
        return new StandingStore(jdbi, writing);
    }

    /** The names of certified files, in the same file. */
    public FileStore files() {
        return new FileStore(jdbi, writing);
    }

    /** The trust roots in the same file. */
    public TrustStore trust() {
        return new TrustStore(jdbi, writing);
    }

    /** The time-stamping tokens in the same file. */
    public TokenStore tokens() {
        return new TokenStore(jdbi, writing);
    }

    /** The keyless bundles in the same file. */
    public KeylessStore keyless() {
        return new KeylessStore(jdbi, writing);
    }

    /** Makes a round durable: its first event and the envelopes that it rests on. */
    public void open(RoundEvent.Opened event, List<StoredEnvelope> envelopes) {
        write(handle -> {
            handle.createUpdate("INSERT INTO round (id, spec, ordinal, phase)"
                            + " SELECT :id, :spec, 1 + COALESCE(MAX(ordinal), 0), :phase FROM round")
                    .bind("id", event.terms().round().text())
                    .bind("spec", event.terms().spec().toString())
                    .bind("phase", Phase.DISPATCHED.name())
                    .execute();
            append(handle, event.terms().round(), event, envelopes);
        });
    }

    /** Makes an event durable, with the envelope that it is about and the phase that it leads to. */
    public void append(RoundId round, RoundEvent event, Optional<StoredEnvelope> envelope, Phase phase) {
        append(round, event, envelope, Optional.empty(), phase);
    }

    /**
     * Does the same, and in the same step what the event makes of a host.
     *
     * @param change of the host's standing
     */
    public void append(
            RoundId round,
            RoundEvent event,
            Optional<StoredEnvelope> envelope,
            Optional<StandingChange> change,
            Phase phase) {
        write(handle -> {
            append(handle, round, event, envelope.stream().toList());
            change.ifPresent(standing -> StandingStore.put(handle, standing));
            handle.execute("UPDATE round SET phase = ? WHERE id = ?", phase.name(), round.text());
        });
    }

    private static void append(Handle handle, RoundId round, RoundEvent event, List<StoredEnvelope> envelopes) {
        for (StoredEnvelope envelope : envelopes) {
            handle.createUpdate("INSERT OR IGNORE INTO envelope (round, digest, kind, log_index, body)"
                            + " VALUES (:round, :digest, :kind, :index, :body)")
                    .bind("round", round.text())
                    .bind("digest", envelope.envelope().digest().hex())
                    .bind("kind", envelope.kind().name())
                    .bind("index", boxed(envelope.index()))
                    .bind("body", CanonicalJson.bytes(envelope.envelope().json()))
                    .execute();
        }
        handle.createUpdate("INSERT INTO event (round, number, body)"
                        + " SELECT :round, 1 + COALESCE(MAX(number), 0), :body FROM event WHERE round = :round")
                .bind("round", round.text())
                .bind("body", EventJson.write(event))
                .execute();
    }

    private static Long boxed(OptionalLong index) {
        return index.isPresent() ? Long.valueOf(index.getAsLong()) : null;
    }

    /** The events of a round in order; none if there is no such round. */
    public List<RoundEvent> events(RoundId round) throws MalformedException {
        List<String> bodies =
                jdbi.withHandle(handle -> handle.createQuery("SELECT body FROM event WHERE round = ? ORDER BY number")
                        .bind(0, round.text())
                        .mapTo(String.class)
                        .list());
        List<RoundEvent> events = new ArrayList<>(bodies.size());
        for (String body : bodies) {
            events.add(EventJson.read(body));
        }
        return events;
    }

    /** The envelopes of a round in the order in which they were taken. */
    public List<StoredEnvelope> envelopes(RoundId round) throws MalformedException {
        List<Row> rows = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT kind, log_index, body FROM envelope WHERE round = ? ORDER BY rowid")
                .bind(0, round.text())
                .map((result, context) -> {
                    long index = result.getLong(2);
                    boolean absent = result.wasNull();
                    return new Row(
                            result.getString(1),
                            absent ? OptionalLong.empty() : OptionalLong.of(index),
                            result.getBytes(3));
                })
                .list());
        List<StoredEnvelope> envelopes = new ArrayList<>(rows.size());
        for (Row row : rows) {
            envelopes.add(new StoredEnvelope(
                    EnvelopeKind.valueOf(row.kind), row.index, Envelope.parse(row.body, "stored envelope")));
        }
        return envelopes;
    }

    private record Row(String kind, OptionalLong index, byte[] body) {}

    /** Rounds that are not over, oldest first. */
    public List<RoundId> open() {
        return rounds("SELECT id FROM round WHERE phase <> 'LOGGED' ORDER BY ordinal");
    }

    /** The newest rounds, newest first. */
    public List<RoundId> newest(int most) {
        return rounds("SELECT id FROM round ORDER BY ordinal DESC LIMIT " + most);
    }

    /** Rounds that were counted, oldest first. */
    public List<RoundId> counted() {
        return rounds("SELECT id FROM round WHERE phase IN ('TALLIED', 'LOGGED') ORDER BY ordinal");
    }

    /** Rounds of which it is not written down what they are about: those of earlier versions of Quorate. */
    public List<RoundId> undescribed() {
        return rounds("SELECT id FROM round WHERE name IS NULL ORDER BY ordinal");
    }

    /** Writes down what a round is about, and at which index the log has its certificate, if it certifies. */
    public void describe(RoundId round, Release release, Platform platform, OptionalLong certified) {
        write(handle -> handle.execute(
                "UPDATE round SET name = ?, release = ?, platform = ?, certified = ? WHERE id = ?",
                release.name(),
                release.version(),
                platform.toString(),
                boxed(certified),
                round.text()));
    }

    /**
     * The versions of a package that are certified on a platform, the last certified one first.
     *
     * @param before only what was certified at a lower index of the log
     */
    public List<String> certified(Release release, Platform platform, long before) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT release FROM round WHERE name = ? AND platform = ?"
                        + " AND certified < ? AND release <> ? GROUP BY release ORDER BY MAX(certified) DESC")
                .bind(0, release.name())
                .bind(1, platform.toString())
                .bind(2, before)
                .bind(3, release.version())
                .mapTo(String.class)
                .list());
    }

    /** How many rounds there are. */
    public long count() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM round")
                .mapTo(Long.class)
                .one());
    }

    /** The round over a spec that is not yet counted, if there is one. */
    public Optional<RoundId> open(SpecDigest spec) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id FROM round WHERE spec = ? AND phase NOT IN ('TALLIED', 'LOGGED')")
                .bind(0, spec.toString())
                .mapTo(String.class)
                .findFirst()
                .map(RoundId::parse));
    }

    private List<RoundId> rounds(String query) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .mapTo(String.class)
                .map(RoundId::parse)
                .list());
    }

    private void write(Change change) {
        writing.lock();
        try {
            jdbi.useTransaction(change::apply);
        } finally {
            writing.unlock();
        }
    }

    private interface Change {
        void apply(Handle handle);
    }

    /** Lets go of the file. */
    @Override
    public void close() {
        database.close();
    }
}
