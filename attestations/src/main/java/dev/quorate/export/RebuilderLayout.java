package dev.quorate.export;

import dev.quorate.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The layout that {@code apt-transport-in-toto} takes: a Debian package needs the links of so many builders. Whoever
 * relies on it signs it, with {@code in-toto-sign} and a key of their own.
 *
 * @param keys of builders, each once
 * @param threshold how many of them must have signed
 * @param expires when the layout ends
 */
public record RebuilderLayout(List<LinkKey> keys, int threshold, Instant expires) {
    private static final String DEBS = "*.deb";

    /**
     * Keeps what is asked for.
     *
     * @throws IllegalArgumentException unless the threshold is between 1 and the number of keys
     */
    public RebuilderLayout {
        keys = keys.stream().distinct().toList();
        if (threshold < 1 || threshold > keys.size()) {
            throw new IllegalArgumentException(
                    "must be between 1 and the number of builders that have a key for links, " + keys.size());
        }
    }

    /** The layout without a signature. */
    public Json.Obj unsigned() {
        Json.Builder listed = Json.object();
        keys.forEach(key -> listed.put(key.id(), key.listed()));
        Json.Obj signed = Json.object()
                .put("_type", "layout")
                .put("expires", expires.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("inspect", Json.arr(List.of(inspection())))
                .put("keys", listed.build())
                .put("readme", "")
                .put("steps", Json.arr(List.of(step())))
                .build();
        return Json.object()
                .put("signatures", Json.arr(List.of()))
                .put("signed", signed)
                .build();
    }

    private Json.Obj step() {
        return Json.object()
                .put("_type", "step")
                .put("name", BuilderLink.STEP)
                .put("expected_command", Json.arr(List.of()))
                .put("expected_materials", Json.arr(List.of()))
                .put("expected_products", Json.arr(List.of(rule("CREATE", DEBS), rule("DISALLOW", DEBS))))
                .put("pubkeys", Json.strings(keys.stream().map(LinkKey::id).toList()))
                .put("threshold", threshold)
                .build();
    }

    private static Json.Obj inspection() {
        return Json.object()
                .put("_type", "inspection")
                .put("name", "compare")
                .put("run", Json.strings(List.of("/usr/bin/true")))
                .put(
                        "expected_materials",
                        Json.arr(List.of(
                                rule("MATCH", DEBS, "WITH", "PRODUCTS", "FROM", BuilderLink.STEP),
                                rule("DISALLOW", DEBS))))
                .put("expected_products", Json.arr(List.of()))
                .build();
    }

    private static Json.Arr rule(String... words) {
        return Json.strings(List.of(words));
    }
}
