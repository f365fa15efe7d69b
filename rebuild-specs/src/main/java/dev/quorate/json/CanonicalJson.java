package dev.quorate.json;

import dev.quorate.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Writes canonical JSON (RFC 8785). */
public final class CanonicalJson {
    private CanonicalJson() {}

    /** The canonical text. */
    public static String write(Json value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /** The canonical text in UTF-8. */
    public static byte[] bytes(Json value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256 over {@link #bytes}. */
    public static Sha256 digest(Json value) {
        return Sha256.of(bytes(value));
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Obj object -> writeObject(object, out);
            case Json.Arr array -> writeArray(array, out);
            case Json.Str string -> writeString(string.value(), out);
            case Json.Num number -> out.append(number.value());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null ignored -> out.append("null");
        }
    }

    private static void writeObject(Json.Obj object, StringBuilder out) {
        out.append('{');
        // String order is UTF-16 code unit order, as RFC 8785 §3.2.3 asks.
        Iterator<Map.Entry<String, Json>> members =
                new TreeMap<>(object.members()).entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, Json> member = members.next();
            writeString(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            if (members.hasNext()) {
                out.append(',');
            }
        }
        out.append('}');
    }

    private static void writeArray(Json.Arr array, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (Json item : array.items()) {
            out.append(separator);
            write(item, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) {
        if (isPlain(text)) {
            // Most strings are digests, keys and names, and this is most of the work.
            out.append('"').append(text).append('"');
        } else if (Printable.isWellFormed(text)) {
            writeEscaped(text, out);
        } else {
            throw new IllegalArgumentException("a lone surrogate has no UTF-8 form");
        }
    }

    /** Whether every character is ASCII that stands for itself. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void writeEscaped(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, written, i);
                escape(c, out);
                written = i + 1;
            }
        }
        out.append(text, written, text.length());
        out.append('"');
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default ->
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
    }
}
