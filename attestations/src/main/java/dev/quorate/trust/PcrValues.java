package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What registers of the SHA-256 bank held, by their numbers. */
public record PcrValues(SortedMap<Integer, Sha256> values) {
    public PcrValues {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Reads {@code pcrs}. */
    public static PcrValues read(Fields fields) throws MalformedException {
        SortedMap<Integer, Sha256> values = new TreeMap<>();
        fields.objects("pcrs", PcrReference.LAST_PCR + 1, pcr -> {
            int number = (int) pcr.integer("pcr", 0, PcrReference.LAST_PCR);
            if (values.put(number, pcr.string("value", Sha256::parse)) != null) {
                throw pcr.wrong("pcr", "stands twice");
            }
            pcr.end();
            return number;
        });
        return new PcrValues(values);
    }

    /** The value of {@code pcrs}. */
    public Json.Arr json() {
        return Json.arr(values.entrySet().stream()
                .map(pcr -> Json.object()
                        .put("pcr", pcr.getKey())
                        .put("value", pcr.getValue().hex())
                        .build())
                .toList());
    }

    /** SHA-256 over the values in ascending order of their numbers, as a TPM digests them. */
    public Sha256 digest() {
        var all = new ByteArrayOutputStream();
        values.values().forEach(value -> all.writeBytes(value.bytes()));
        return Sha256.of(all.toByteArray());
    }
}
