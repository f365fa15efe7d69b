package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * Reference values of the events that were measured into a PCR, by their SHA-256 digests. Every event must be among
 * both lists.
 *
 * @param pcr 0 to 23
 * @param required events that must be there
 * @param allowed events that may be there
 */
public record EventReference(int pcr, List<Sha256> required, List<Sha256> allowed) {
    private static final int MOST = 10_000;

    public EventReference {
        required = List.copyOf(required);
        allowed = List.copyOf(allowed);
        if (pcr < 0 || pcr > PcrReference.LAST_PCR) {
            throw new IllegalArgumentException("a PCR is 0 to " + PcrReference.LAST_PCR);
        }
    }

    static EventReference read(Fields fields) throws MalformedException {
        var reference = new EventReference(
                (int) fields.integer("pcr", 0, PcrReference.LAST_PCR),
                digests(fields, "required"),
                digests(fields, "allowed"));
        fields.end();
        return reference;
    }

    private static List<Sha256> digests(Fields fields, String name) throws MalformedException {
        return fields.has(name) ? fields.strings(name, MOST, Sha256::parse) : List.of();
    }

    Json.Obj json() {
        Json.Builder json = Json.object().put("pcr", pcr);
        if (!required.isEmpty()) {
            json.put("required", Json.strings(required.stream().map(Sha256::hex).toList()));
        }
        if (!allowed.isEmpty()) {
            json.put("allowed", Json.strings(allowed.stream().map(Sha256::hex).toList()));
        }
        return json.build();
    }
}
