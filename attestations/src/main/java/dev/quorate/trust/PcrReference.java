package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * Reference values of a platform configuration register (PCR) of the SHA-256 bank.
 *
 * @param pcr 0 to 23
 * @param values what it may hold
 */
public record PcrReference(int pcr, List<Sha256> values) {
    static final int LAST_PCR = 23;
    private static final int MOST = 1000;

    public PcrReference {
        values = List.copyOf(values);
        if (pcr < 0 || pcr > LAST_PCR) {
            throw new IllegalArgumentException("a PCR is 0 to " + LAST_PCR);
        }
    }

    /** Reads an entry of {@code pcrs}. */
    public static PcrReference read(Fields fields) throws MalformedException {
        var reference = new PcrReference(
                (int) fields.integer("pcr", 0, LAST_PCR), fields.strings("values", MOST, Sha256::parse));
        if (reference.values().isEmpty()) {
            throw fields.wrong("values", "must hold at least one value");
        }
        fields.end();
        return reference;
    }

    Json.Obj json() {
        return Json.object()
                .put("pcr", pcr)
                .put("values", Json.strings(values.stream().map(Sha256::hex).toList()))
                .build();
    }
}
