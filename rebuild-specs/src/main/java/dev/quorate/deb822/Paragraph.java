package dev.quorate.deb822;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fields by name, without regard to case. Values keep their line breaks. */
public final class Paragraph {
    private final Map<String, String> fields;

    Paragraph(Map<String, String> fields) {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(fields);
        this.fields = Collections.unmodifiableMap(sorted);
    }

    /** A field's value, stripped. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** A field's value, or an empty text. */
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** A field's words, separated by white space. */
    public List<String> words(String name) {
        return text(name).isBlank() ? List.of() : List.of(text(name).strip().split("\\s+"));
    }

    /** The lines of a field of several lines, without empty ones. */
    public List<String> lines(String name) {
        return text(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** All fields. */
    public Map<String, String> fields() {
        return fields;
    }
}
