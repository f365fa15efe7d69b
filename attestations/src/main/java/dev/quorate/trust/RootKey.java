package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.Optional;

/**
 * A root key and the name of the person who holds it.
 *
 * @param seal that a TPM keeps it
 */
public record RootKey(String name, P256Key key, Optional<KeySeal> seal) {
    /** A key of which nobody knows how it is kept. */
    public RootKey(String name, P256Key key) {
        this(name, key, Optional.empty());
    }

    static RootKey read(Fields fields) throws MalformedException {
        var key = new RootKey(
                fields.string("name", Principal::name), fields.string("key", P256Key::parse), KeySeal.beside(fields));
        fields.end();
        return key;
    }

    /** The same key, kept so. */
    public RootKey with(KeySeal other) {
        return new RootKey(name, key, Optional.of(other));
    }

    Json.Obj json() {
        return KeySeal.write(seal, Json.object().put("name", name).put("key", key.toString()))
                .build();
    }
}
