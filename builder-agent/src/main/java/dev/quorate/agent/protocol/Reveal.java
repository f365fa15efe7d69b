package dev.quorate.agent.protocol;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.log.LogIndex;
import java.util.List;

/**
 * The coordinator's claim that the time to reveal has come. Nothing in it is verified.
 *
 * @param checkpoint a signed note
 */
public record Reveal(String checkpoint, List<Shown> commitments) {
    /** Most commitments of one round. */
    public static final int MOST = 1000;

    public Reveal {
        commitments = List.copyOf(commitments);
    }

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
