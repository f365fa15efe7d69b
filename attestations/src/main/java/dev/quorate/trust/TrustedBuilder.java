package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.util.List;
import java.util.Optional;

/**
 * A builder whose vote may count.
 *
 * @param operator who runs it; one vote each
 * @param zone where and on what it runs: isolation technology, site, administration
 * @param cpuVendor maker of its CPU
 */
public record TrustedBuilder(BuilderId id, String operator, String zone, String cpuVendor, List<TimedKey> keys) {
    public TrustedBuilder {
        keys = List.copyOf(keys);
    }

    static TrustedBuilder read(Fields fields) throws MalformedException {
        var builder = new TrustedBuilder(
                fields.string("id", BuilderId::parse),
                fields.string("operator", Principal::name),
                fields.string("zone", Principal::name),
                fields.string("cpuVendor", Principal::name),
                fields.objects("keys", Principal.MOST_KEYS, TimedKey::read));
        fields.end();
        return builder;
    }

    Json.Obj json() {
        return Json.object()
                .put("id", id.text())
                .put("operator", operator)
                .put("zone", zone)
                .put("cpuVendor", cpuVendor)
                .put("keys", Json.arr(keys.stream().map(TimedKey::json).toList()))
                .build();
    }

    /** This builder's entry for a key, if it has it. */
    public Optional<TimedKey> key(P256Key key) {
        return keys.stream().filter(timed -> timed.key().equals(key)).findFirst();
    }
}
