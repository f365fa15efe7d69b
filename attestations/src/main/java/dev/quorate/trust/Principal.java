package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody with a name and keys: a certifier (coordinator) or a maintainer.
 *
 * @param identities by which a maintainer may sign without a key; a certifier has none
 */
public record Principal(String id, List<TimedKey> keys, List<Identity> identities) {
    static final int MOST_KEYS = 100;
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._@+-]{0,127}");

    public Principal {
        keys = List.copyOf(keys);
        identities = List.copyOf(identities);
        name(id);
    }

    /** Somebody that always signs with a key. */
    public Principal(String id, List<TimedKey> keys) {
        this(id, keys, List.of());
    }

    static Principal readCertifier(Fields fields) throws MalformedException {
        var principal = new Principal(
                fields.string("id", Principal::name), fields.objects("keys", MOST_KEYS, TimedKey::readCertifiers));
        fields.end();
        return principal;
    }

    static Principal readMaintainer(Fields fields) throws MalformedException {
        var maintainer = new Principal(
                fields.string("id", Principal::name),
                fields.objects("keys", MOST_KEYS, TimedKey::read),
                Identity.list(fields));
        fields.end();
        return maintainer;
    }

    Json.Obj json() {
        Json.Builder json = Json.object()
                .put("id", id)
                .put("keys", Json.arr(keys.stream().map(TimedKey::json).toList()));
        Identity.write(identities, json);
        return json.build();
    }

    /** This principal's entry for a key, if it has it. */
    public Optional<TimedKey> key(P256Key key) {
        return keys.stream().filter(timed -> timed.key().equals(key)).findFirst();
    }

    /** Checks a name of a principal, operator, zone or CPU vendor. */
    static String name(String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a name of letters, digits and . _ @ + -, at most 128");
        }
        return text;
    }
}
