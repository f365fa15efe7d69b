package dev.quorate.agent.work;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/**
 * Evidence by a fresh key for the machine that it lives on.
 *
 * @param key that it is about, and that signed it
 */
public record Introduction(P256Key key, Envelope evidence) {
    static Introduction read(Fields fields) throws MalformedException {
        var introduction =
                new Introduction(fields.string("key", P256Key::parse), fields.object("evidence", Envelope::read));
        fields.end();
        return introduction;
    }

    Json.Obj json() {
        return Json.object()
                .put("key", key.toString())
                .put("evidence", evidence.json())
                .build();
    }
}
