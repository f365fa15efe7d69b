package dev.quorate.coordinator.log;

import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import java.net.URI;

/**
 * A witness that is asked for cosignatures.
 *
 * @param key of type cosignature/v1
 * @param prefix its submission prefix, without a slash at the end
 */
public record Witness(NoteKey key, URI prefix) {
    /**
     * Keeps a witness.
     *
     * @throws IllegalArgumentException if the key is a log's, or the prefix is no web address
     */
    public Witness {
        if (key.algorithm() != NoteAlgorithm.COSIGNATURE_V1) {
            throw new IllegalArgumentException("a witness's key is of type 4 (cosignature/v1)");
        }
        if (prefix.getHost() == null || prefix.toString().endsWith("/")) {
            throw new IllegalArgumentException("a witness's prefix is a web address without a slash at its end");
        }
    }

    URI addCheckpoint() {
        return URI.create(prefix + "/add-checkpoint");
    }
}
