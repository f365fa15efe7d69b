package dev.quorate.cli.verify;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** SARIF 2.1.0 (OASIS): one result for each artifact that is not verified. */
final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private SarifReport() {}

    static String of(GateResult result) {
        boolean verified = result.report().outcome() == Report.Outcome.VERIFIED;
        List<Json.Obj> results = verified
                ? List.of()
                : result.report().artifacts().stream()
                        .map(artifact -> result(result, artifact))
                        .toList();
        List<Json.Obj> rules = verified
                ? List.of()
                : List.of(Json.object()
                        .put("id", code(result))
                        .put("shortDescription", message("The builders do not vouch for this artifact"))
                        .build());
        Json.Obj driver = Json.object()
                .put("name", "quorate")
                .put("rules", Json.arr(rules))
                .build();
        Json.Obj run = Json.object()
                .put("tool", Json.object().put("driver", driver).build())
                .put("results", Json.arr(results))
                .build();
        Json.Obj log = Json.object()
                .put("$schema", SCHEMA)
                .put("version", "2.1.0")
                .put("runs", Json.arr(List.of(run)))
                .build();
        return CanonicalJson.write(log) + "\n";
    }

    private static Json.Obj result(GateResult result, Artifact artifact) {
        Json.Obj location = Json.object()
                .put(
                        "physicalLocation",
                        Json.object()
                                .put(
                                        "artifactLocation",
                                        Json.object()
                                                .put("uri", uri(artifact.name()))
                                                .build())
                                .build())
                .build();
        String text = artifact.name() + ": " + ReportText.verdict(result.report()) + "; gate: " + result.decision();
        return Json.object()
                .put("ruleId", code(result))
                .put("ruleIndex", 0)
                .put("level", level(result))
                .put("message", message(text))
                .put("locations", Json.arr(List.of(location)))
                .build();
    }

    private static String level(GateResult result) {
        if (result.isPassed()) {
            return "note";
        }
        return switch (result.mode()) {
            case INFO -> "note";
            case WARN -> "warning";
            case BLOCK -> "error";
        };
    }

    private static String code(GateResult result) {
        return result.report().refusals().isEmpty()
                ? result.report().outcome().name()
                : result.report().refusals().getFirst().code().name();
    }

    private static Json.Obj message(String text) {
        return Json.object().put("text", text).build();
    }

    private static String uri(String name) {
        try {
            // A leading ./ keeps a colon in the first segment from looking like a scheme.
            String path = name.startsWith("/") ? name : "./" + name;
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path has a URI", e);
        }
    }
}
