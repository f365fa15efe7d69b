package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/** A root key and the name of the person who holds it. */
public record RootKey(String name, P256Key key) {
    static RootKey read(Fields fields) throws MalformedException {
        var key = new RootKey(fields.string("name", Principal::name), fields.string("key", P256Key::parse));
        fields.end();
        return key;
    }

    Json.Obj json() {
        return Json.object().put("name", name).put("key", key.toString()).build();
    }
}
