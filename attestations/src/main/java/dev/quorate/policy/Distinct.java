package dev.quorate.policy;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/**
 * How many different zones, CPU vendors and hosts the agreeing votes must come from; 1 asks for nothing. Operators are
 * always distinct.
 */
public record Distinct(int zone, int cpuVendor, int host) {
    /** Asks for nothing. */
    public static final Distinct ANY = new Distinct(1, 1, 1);

    static Distinct read(Fields fields) throws MalformedException {
        var distinct = new Distinct(number(fields, "zone"), number(fields, "cpuVendor"), number(fields, "host"));
        fields.end();
        return distinct;
    }

    private static int number(Fields fields, String name) throws MalformedException {
        return fields.has(name) ? (int) fields.integer(name, 1, Policy.MOST) : 1;
    }

    Json.Obj json() {
        return Json.object()
                .put("zone", zone)
                .put("cpuVendor", cpuVendor)
                .put("host", host)
                .build();
    }
}
