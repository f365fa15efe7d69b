package dev.quorate.cli.log;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Ending;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.log.NoteKey;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sighting in words and as a value. */
final class SightingText {
    private SightingText() {}

    /**
     * A good look.
     *
     * @param before the head that was known until then
     */
    static Answer good(Sighting.Good good, Optional<TreeHead> before, LogState state) {
        VerifiedCheckpoint head = good.head();
        List<String> lines = new ArrayList<>();
        lines.add("CONSISTENT " + line(head, before));
        if (good.recomputed() > 0) {
            lines.add("  every entry was hashed again, and all tiles and the root are theirs");
        }
        if (!head.cosignatures().isEmpty()) {
            lines.add("  cosigned by " + Printable.of(String.join(", ", witnesses(head))));
        }
        Json.Obj json = Json.object()
                .put("finding", Finding.CONSISTENT.name())
                .put("log", json(head))
                .put("previousSize", before.<Json>map(h -> Json.num(h.size())).orElseGet(Json.Null::new))
                .put("recomputed", good.recomputed())
                .put("detail", line(head, before))
                .put("evidence", new Json.Null())
                .put("state", orNull(state.file()))
                .build();
        return Answer.done(json, lines);
    }

    static Answer bad(Sighting.Bad bad, NoteKey log, LogState state, Optional<String> evidence) {
        List<String> lines = new ArrayList<>();
        lines.add(bad.finding() + " " + log.name() + ": " + bad.detail());
        lines.add(evidence.map(file -> "  evidence: " + file)
                .orElse("  no evidence was kept; --state FILE keeps some beside the file"));
        Json.Obj json = Json.object()
                .put("finding", bad.finding().name())
                .put("log", Json.object().put("origin", log.name().text()).build())
                .put(
                        "previousSize",
                        state.known().<Json>map(h -> Json.num(h.head().size())).orElseGet(Json.Null::new))
                .put("recomputed", 0)
                .put("detail", bad.detail())
                .put("evidence", orNull(evidence))
                .put("state", orNull(state.file()))
                .build();
        return new Answer(Ending.NEGATIVE, json, lines);
    }

    /** One line about a head. */
    static String line(VerifiedCheckpoint head, Optional<TreeHead> before) {
        long size = head.head().size();
        String since = before.map(known -> known.size() == size
                        ? ", as when it was last seen"
                        : ", and extends the head of size " + known.size())
                .orElse(", seen for the first time");
        return head.checkpoint().origin() + ": size " + size + since;
    }

    private static Json.Obj json(VerifiedCheckpoint head) {
        return Json.object()
                .put("origin", head.checkpoint().origin())
                .put("size", head.head().size())
                .put("root", head.head().root().hex())
                .put("witnesses", Json.strings(witnesses(head)))
                .build();
    }

    private static List<String> witnesses(VerifiedCheckpoint head) {
        return head.cosignatures().stream()
                .map(cosignature -> cosignature.witness().name().text())
                .toList();
    }

    private static Json orNull(Optional<String> text) {
        return text.<Json>map(Json::str).orElseGet(Json.Null::new);
    }
}
