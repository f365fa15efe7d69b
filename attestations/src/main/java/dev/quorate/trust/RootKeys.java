package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/** The keys that sign trust roots, and how many of them it takes. */
public record RootKeys(int threshold, List<RootKey> keys) {
    private static final int MOST = 100;

    public RootKeys {
        keys = List.copyOf(keys);
        if (threshold < 1 || threshold > keys.size()) {
            throw new IllegalArgumentException("the root threshold must be from 1 to the number of root keys");
        }
    }

    static RootKeys read(Fields fields) throws MalformedException {
        List<RootKey> keys = fields.objects("keys", MOST, RootKey::read);
        if (keys.isEmpty()) {
            throw fields.wrong("keys", "must name at least one root key");
        }
        var root = new RootKeys((int) fields.integer("threshold", 1, keys.size()), keys);
        fields.end();
        return root;
    }

    Json.Obj json() {
        return Json.object()
                .put("threshold", threshold)
                .put("keys", Json.arr(keys.stream().map(RootKey::json).toList()))
                .build();
    }
}
