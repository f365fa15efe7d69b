package dev.quorate.export;

import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes OLPC canonical JSON (wiki.laptop.org/go/Canonical_JSON) as in-toto and TUF sign it: sorted names, no white
 * space, and in strings nothing but the quote and the backslash escaped.
 */
final class OlpcJson {
    private OlpcJson() {}

    static byte[] bytes(Json value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Obj object -> {
                String separator = "{";
                Iterator<Map.Entry<String, Json>> members =
                        new TreeMap<>(object.members()).entrySet().iterator();
                if (!members.hasNext()) {
                    out.append('{');
                }
                while (members.hasNext()) {
                    Map.Entry<String, Json> member = members.next();
                    out.append(separator);
                    write(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    separator = ",";
                }
                out.append('}');
            }
            case Json.Arr array -> {
                out.append('[');
                String separator = "";
                for (Json item : array.items()) {
                    out.append(separator);
                    write(item, out);
                    separator = ",";
                }
                out.append(']');
            }
            case Json.Str string -> write(string.value(), out);
            case Json.Num number -> out.append(number.value());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null ignored -> out.append("null");
        }
    }

    private static void write(String text, StringBuilder out) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
}
