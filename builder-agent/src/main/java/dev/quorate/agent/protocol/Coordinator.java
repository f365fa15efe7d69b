package dev.quorate.agent.protocol;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.log.LogIndex;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.time.Duration;
import java.util.Optional;

/** What a worker asks of the coordinator. Each request may be repeated; the same one gets the same answer. */
public interface Coordinator {
    /**
     * Asks for work and waits for it.
     *
     * @param wait longest wait, at most 30 seconds
     */
    Optional<Assignment> lease(Platform platform, Duration wait) throws CoordinatorException, InterruptedException;

    /**
     * Says that the holder is alive.
     *
     * @return how long the lease lasts from now
     */
    Duration heartbeat(Lease lease) throws CoordinatorException, InterruptedException;

    /**
     * Shows the host, and answers where the log holds the evidence.
     *
     * @param key that the evidence is about, and that signed it
     */
    LogIndex attest(Lease lease, P256Key key, Envelope evidence) throws CoordinatorException, InterruptedException;

    /** Commits to a result, and answers where the log holds the commitment. */
    LogIndex commit(Lease lease, Envelope commitment) throws CoordinatorException, InterruptedException;

    /** Waits for the time to reveal; empty if it has not come yet. */
    Optional<Reveal> reveal(Lease lease, Duration wait) throws CoordinatorException, InterruptedException;

    /** Hands in a proof, and answers where the log holds it. */
    LogIndex prove(Lease lease, Envelope proof) throws CoordinatorException, InterruptedException;

    /** Gives the assignment back until this builder's next lease. */
    void handBack(Lease lease) throws CoordinatorException, InterruptedException;

    /** Whether nothing more can be said in that round, or the coordinator has none of that name. */
    boolean isOver(RoundId round) throws CoordinatorException, InterruptedException;
}
