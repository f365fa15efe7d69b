package dev.quorate.imports;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.spec.RebuildSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A spec that a person still completes. Whatever a record says stands in it quoted or as a comment, so no text of a
 * stranger becomes a line of its own. What a record does not say is {@code null}, which {@code spec check} refuses.
 */
final class Draft {
    /** Comments for one list; a record may have tens of thousands. */
    private static final int MOST_COMMENTS = 20_000;

    private final List<String> lines = new ArrayList<>();

    /** Begins with what it was made from. */
    static Draft from(String record, String input) {
        var draft = new Draft();
        draft.comment("From " + record + " " + input + ". Look at what is marked, then: quorate spec lock");
        draft.lines.add("format: " + RebuildSpec.FORMAT);
        return draft;
    }

    /** A line for the reader. */
    Draft comment(String text) {
        lines.add("# " + Printable.of(text));
        return this;
    }

    /** What a person decides or completes at the next line. */
    Draft look(String text) {
        return comment("Look: " + text);
    }

    /** A list for the reader, under a heading. */
    Draft comments(String heading, List<String> entries) {
        if (!entries.isEmpty()) {
            comment(heading);
            entries.stream().limit(MOST_COMMENTS).forEach(entry -> comment("  " + entry));
        }
        return this;
    }

    /** A member of the spec. */
    Draft put(String name, String value) {
        return put(name, Json.str(value));
    }

    /** A member of the spec. */
    Draft put(String name, Json value) {
        lines.add(name + ": " + quoted(value));
        return this;
    }

    /** A member of the spec that the record does not say. */
    Draft missing(String name, String what) {
        return look(what).put(name, new Json.Null());
    }

    /** A member that is a list, an entry a line. */
    Draft list(String name, List<? extends Json> entries) {
        lines.add(name + ":");
        entries.forEach(entry -> lines.add("  - " + quoted(entry)));
        return this;
    }

    /** Limits that most builds stay within. */
    Draft limits() {
        look("what this build may use.");
        lines.add("limits: {time: 2h, memory: 4GiB, disk: 16GiB, log: 64MiB}");
        return this;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    // YAML takes JSON but for some characters that it wants escaped; no string of ours needs them as they are.
    private static String quoted(Json value) {
        var out = new StringBuilder();
        CanonicalJson.write(value).chars().forEach(c -> {
            boolean plain = c >= ' ' && c < 0x7f || c > 0xa0 && Character.isLetterOrDigit(c);
            out.append(plain ? String.valueOf((char) c) : String.format("\\u%04x", c));
        });
        return out.toString();
    }
}
