package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.Optional;

/**
 * That a key of a certifier or root key holder is kept in a TPM, as the trust root has it beside the key.
 *
 * @param profile name of the reference values that its state is judged by
 */
public record KeySeal(String profile, KeyEvidence evidence) {
    private static final String NAME = "seal";

    public KeySeal {
        Principal.name(profile);
    }

    /** What stands beside a key, if anything does. */
    static Optional<KeySeal> beside(Fields key) throws MalformedException {
        return key.has(NAME) ? Optional.of(key.object(NAME, KeySeal::read)) : Optional.empty();
    }

    private static KeySeal read(Fields fields) throws MalformedException {
        var seal = new KeySeal(fields.string("profile", Principal::name), fields.object("evidence", KeyEvidence::read));
        fields.end();
        return seal;
    }

    /** An old trust root has none, and its signatures must go on to hold. */
    static Json.Builder write(Optional<KeySeal> seal, Json.Builder key) {
        return key.putIfPresent(
                NAME,
                seal.map(present -> Json.object()
                        .put("profile", present.profile)
                        .put("evidence", present.evidence.json())
                        .build()));
    }
}
