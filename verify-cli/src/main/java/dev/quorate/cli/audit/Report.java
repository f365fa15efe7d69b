package dev.quorate.cli.audit;

import dev.quorate.cli.Columns;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was found, in three forms.
 *
 * @param asked the key or host, as it was named
 * @param log the log's name
 * @param size how many entries it has, all of them hashed
 * @param strangers lines of kits that are not in it
 */
record Report(String asked, String log, long size, long strangers, List<Use> uses) {
    private static final String HEADING =
            "index,time,statement,about,who,operator,role,key,machine,state,round,vouched,counted_by,assurance,"
                    + "identity,identity_state";

    Report {
        uses = List.copyOf(uses);
    }

    private long unknown() {
        return uses.stream()
                .filter(use -> use.said().kind() == Said.Kind.UNKNOWN)
                .count();
    }

    List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(asked + ": " + uses.size() + " uses among the " + size + " entries of " + log);
        if (unknown() > 0) {
            lines.add(unknown() + " of them are in no given kit, so only the log's word on them is here");
        }
        if (strangers > 0) {
            lines.add(strangers + " lines of the kits are not in this log, and were left aside");
        }
        var columns =
                new Columns("index", "time", "statement", "who", "machine", "assurance", "state", "round", "about");
        for (Use use : uses) {
            Said said = use.said();
            columns.row(
                    Long.toString(use.index()),
                    said.time(),
                    said.kind().word(),
                    Printable.of(use.who().toString()),
                    use.machine().host(),
                    use.machine().assurance(),
                    Printable.of(use.machine().state()),
                    said.round(),
                    said.about());
        }
        if (!uses.isEmpty()) {
            lines.addAll(columns.lines());
        }
        lines.addAll(identities());
        lines.addAll(vouched());
        return lines;
    }

    /** One line a key, if an identity has said anything of it. */
    private List<String> identities() {
        return uses.stream()
                .filter(use -> use.vouched().isThere())
                .map(use -> "key " + use.key().id() + " of "
                        + Printable.of(use.who().toString()) + ": identity "
                        + Printable.of(use.vouched().identity()) + ", "
                        + Printable.of(use.vouched().state()))
                .distinct()
                .toList();
    }

    private List<String> vouched() {
        List<String> lines = new ArrayList<>();
        for (Use use : uses) {
            for (Subject file : use.said().vouched()) {
                lines.add("vouched at " + use.index() + ": sha256:"
                        + file.sha256().hex() + "  " + Printable.of(file.name()));
            }
            for (long certificate : use.countedBy()) {
                lines.add("counted on by the certificate at " + certificate + ": the proof at " + use.index());
            }
        }
        return lines;
    }

    Json.Obj json() {
        return Json.object()
                .put("asked", asked)
                .put("log", log)
                .put("size", size)
                .put("unknown", unknown())
                .put("strangers", strangers)
                .put("uses", Json.arr(uses.stream().map(Report::json).toList()))
                .build();
    }

    private static Json.Obj json(Use use) {
        Said said = use.said();
        List<Json.Obj> vouched = said.vouched().stream()
                .map(file -> Json.object()
                        .put("name", file.name())
                        .put("sha256", file.sha256().hex())
                        .build())
                .toList();
        return Json.object()
                .put("index", use.index())
                .put("time", said.time())
                .put("statement", said.kind().word())
                .put("about", said.about())
                .put("who", use.who().name())
                .put("operator", use.who().operator())
                .put("role", use.who().role().word())
                .put("key", use.key().id().hex())
                .put("machine", use.machine().host())
                .put("assurance", use.machine().assurance())
                .put("state", use.machine().state())
                .put("identity", use.vouched().identity())
                .put("identityState", use.vouched().state())
                .put("round", said.round())
                .put("vouched", Json.arr(vouched))
                .put(
                        "countedBy",
                        Json.arr(use.countedBy().stream().map(Json.Num::new).toList()))
                .build();
    }

    /** RFC 4180, but for the line ends. */
    List<String> csv() {
        List<String> lines = new ArrayList<>(List.of(HEADING));
        for (Use use : uses) {
            Said said = use.said();
            lines.add(Stream.of(
                            Long.toString(use.index()),
                            said.time(),
                            said.kind().word(),
                            said.about(),
                            use.who().name(),
                            use.who().operator(),
                            use.who().role().word(),
                            use.key().id().hex(),
                            use.machine().host(),
                            use.machine().state(),
                            said.round(),
                            said.vouched().stream()
                                    .map(file -> "sha256:" + file.sha256().hex() + " " + Printable.of(file.name()))
                                    .collect(Collectors.joining("; ")),
                            use.countedBy().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                            use.machine().assurance(),
                            use.vouched().identity(),
                            use.vouched().state())
                    .map(Report::cell)
                    .collect(Collectors.joining(",")));
        }
        return lines;
    }

    /** A spreadsheet would run a cell that begins like a formula. */
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
