package dev.quorate.proof;

import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;

/** How a build ended. */
public sealed interface Outcome {
    /** It made these outputs. */
    record Built(OutputSet outputs) implements Outcome {}

    /**
     * It made nothing.
     *
     * @param detail one line for a person; decides nothing
     */
    record Failed(FailureClass failure, String detail) implements Outcome {}

    /**
     * What a builder commits to, and what votes are grouped by: the output set's digest, or SHA-256 over the canonical
     * JSON {@code {"failure":"<class>"}}.
     */
    default Sha256 digest() {
        return switch (this) {
            case Built built -> built.outputs().digest();
            case Failed failed ->
                CanonicalJson.digest(
                        Json.object().put("failure", failed.failure().name()).build());
        };
    }

    /** The word in proofs: {@code BUILT} or the failure's class. */
    default String word() {
        return switch (this) {
            case Built ignored -> "BUILT";
            case Failed failed -> failed.failure().name();
        };
    }
}
