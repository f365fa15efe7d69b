package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.time.Instant;
import java.util.Optional;

/**
 * A key and when what it signed counts.
 *
 * @param from first instant
 * @param until first instant at which it no longer counts, if that is known
 */
public record TimedKey(P256Key key, Instant from, Optional<Instant> until) {
    static TimedKey read(Fields fields) throws MalformedException {
        var key = new TimedKey(
                fields.string("key", P256Key::parse),
                fields.string("from", Instants::parse),
                fields.optional("until", Instants::parse));
        fields.end();
        return key;
    }

    Json.Obj json() {
        return Json.object()
                .put("key", key.toString())
                .put("from", from.toString())
                .putIfPresent("until", until.map(time -> Json.str(time.toString())))
                .build();
    }

    /** Whether something signed at that time counts. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(from) && until.map(time::isBefore).orElse(true);
    }
}
