package dev.quorate.cli.log;

import dev.quorate.digest.Sha256;
import dev.quorate.log.VerifiedCheckpoint;
import java.util.List;

/** What came of one look at a log. */
sealed interface Sighting {
    /**
     * All that was looked at holds.
     *
     * @param recomputed how many entries were hashed again
     */
    record Good(VerifiedCheckpoint head, long recomputed) implements Sighting {}

    /**
     * The log, or whoever stands between, is not to be believed.
     *
     * @param detail one sentence, safe to print
     * @param served the checkpoint's bytes as they came
     * @param proof of consistency with the known head, as far as there was one
     */
    record Bad(Finding finding, String detail, byte[] served, List<Sha256> proof) implements Sighting {
        public Bad {
            proof = List.copyOf(proof);
        }
    }
}
