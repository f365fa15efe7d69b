package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * A maker of TPMs or CPUs.
 *
 * @param roots certificates that its endorsement certificates, or its chips' certificates, chain to
 */
public record Maker(String name, List<DerCertificate> roots) {
    private static final int MOST_ROOTS = 100;

    public Maker {
        roots = List.copyOf(roots);
        Principal.name(name);
    }

    static Maker read(Fields fields) throws MalformedException {
        List<DerCertificate> roots = fields.strings("roots", MOST_ROOTS, DerCertificate::parse);
        if (roots.isEmpty()) {
            throw fields.wrong("roots", "must hold at least one certificate");
        }
        var maker = new Maker(fields.string("name", Principal::name), roots);
        fields.end();
        return maker;
    }

    Json.Obj json() {
        return Json.object()
                .put("name", name)
                .put(
                        "roots",
                        Json.strings(
                                roots.stream().map(DerCertificate::toString).toList()))
                .build();
    }
}
