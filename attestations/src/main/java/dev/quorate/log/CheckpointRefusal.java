package dev.quorate.log;

/** Why a checkpoint is not believed. The names are stable. */
public enum CheckpointRefusal {
    /** Not a note, or a note that is no checkpoint. */
    MALFORMED,
    /** A checkpoint of another log. */
    WRONG_ORIGIN,
    /** No signature by the log's key. */
    NOT_SIGNED_BY_LOG,
    /** A signature under a known key's name and hash that this key did not make. */
    BAD_SIGNATURE,
    /** Fewer known witnesses than the policy asks for. */
    TOO_FEW_WITNESSES
}
