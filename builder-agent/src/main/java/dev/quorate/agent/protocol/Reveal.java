package dev.quorate.agent.protocol;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.log.LogIndex;
import java.util.List;

/**
 * The coordinator's claim that the time to reveal has come. Nothing in it is verified.
 *
 * @param checkpoint a signed note
 */
public record Reveal(String checkpoint, List<Shown> commitments, List<Evidence> evidence) {
    /** Most commitments of one round. */
    public static final int MOST = 1000;

    /** Most pieces of evidence of one round. */
    public static final int MOST_EVIDENCE = 10 * MOST;

    public Reveal {
        commitments = List.copyOf(commitments);
        evidence = List.copyOf(evidence);
    }

    /** A claim without evidence of hosts. */
    public Reveal(String checkpoint, List<Shown> commitments) {
        this(checkpoint, commitments, List.of());
    }

    /**
     * Logged evidence of a builder's host.
     *
     * @param key that it is about
     */
    public record Evidence(P256Key key, Shown shown) {}

    /**
     * One logged commitment.
     *
     * @param inclusion from the leaf upwards to the checkpoint's root
     */
    public record Shown(LogIndex index, Envelope envelope, List<Sha256> inclusion) {
        public Shown {
            inclusion = List.copyOf(inclusion);
        }
    }
}
