package dev.quorate.coordinator.log;

import dev.quorate.log.NoteSignature;

/** What came of asking one witness. */
public sealed interface WitnessAnswer {
    /** It cosigned, and the line verifies under its key. */
    record Cosigned(Witness witness, NoteSignature line) implements WitnessAnswer {}

    /**
     * It did not.
     *
     * @param detail one sentence, safe to print
     */
    record Silent(Witness witness, Reason reason, String detail) implements WitnessAnswer {}

    /** Why there is no cosignature. */
    enum Reason {
        /** No answer, or not in time. */
        UNREACHABLE,
        /** It does not know the log, or the log's key. */
        UNKNOWN_LOG,
        /** It has cosigned something that this log's history does not contain: a fork, or a lost log. */
        INCONSISTENT,
        /** Its answer makes no sense. */
        BAD_ANSWER
    }
}
