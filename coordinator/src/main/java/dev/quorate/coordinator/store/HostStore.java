package dev.quorate.coordinator.store;

import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/** Hosts, durable, in the same file as the rounds. Safe for many threads. */
public final class HostStore {
    private static final int MOST_ENROLMENTS = 100_000;

    private final Jdbi jdbi;
    private final ReentrantLock writing;

    HostStore(Jdbi jdbi, ReentrantLock writing) {
        this.jdbi = jdbi;
        this.writing = writing;
    }

    /** Who holds a builder's name. */
    public Optional<EnrolledHost> enrolled(BuilderId builder) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT host, endorsement, attestation FROM enrolment WHERE builder = ?")
                .bind(0, builder.text())
                .map((row, context) ->
                        new EnrolledHost(builder, Sha256.parse(row.getString(1)), row.getBytes(2), row.getBytes(3)))
                .findFirst());
    }

    /**
     * Writes a proof down.
     *
     * @param replacing whether the name may go to another host than the one that holds it
     * @return whether the name is this host's now
     */
    public boolean enrol(EnrolledHost host, boolean replacing, Instant at) {
        writing.lock();
        try {
            int rows = jdbi.withHandle(
                    handle -> handle.createUpdate("INSERT INTO enrolment (builder, host, endorsement, attestation, at)"
                                    + " SELECT :builder, :host, :endorsement, :attestation, :at"
                                    + " WHERE (SELECT COUNT(*) FROM enrolment) < " + MOST_ENROLMENTS
                                    + " ON CONFLICT (builder) DO UPDATE SET host = excluded.host,"
                                    + " endorsement = excluded.endorsement, attestation = excluded.attestation,"
                                    + " at = excluded.at WHERE enrolment.host = excluded.host OR :replacing")
                            .bind("builder", host.builder().text())
                            .bind("host", host.host().hex())
                            .bind("endorsement", host.endorsement())
                            .bind("attestation", host.attestation())
                            .bind("at", at.toString())
                            .bind("replacing", replacing)
                            .execute());
            return rows == 1;
        } finally {
            writing.unlock();
        }
    }
}
