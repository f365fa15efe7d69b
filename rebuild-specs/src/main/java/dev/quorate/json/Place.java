package dev.quorate.json;

/**
 * Where in an input a value stands.
 *
 * @param input name of the file or message
 * @param line 1-based, or 0 where lines mean nothing
 * @param field dotted path, empty for the root: {@code build.maven.jdk}, {@code locked[3].sha256}
 */
public record Place(String input, int line, String field) {
    /** The root of an input that has no lines. */
    public static Place of(String input) {
        return new Place(input, 0, "");
    }

    boolean isNowhere() {
        return input.isEmpty() && line == 0 && field.isEmpty();
    }

    Place member(String name) {
        return new Place(input, line, field.isEmpty() ? name : field + "." + name);
    }

    Place item(int index) {
        return new Place(input, line, field + "[" + index + "]");
    }

    Place at(int newLine) {
        return newLine == 0 ? this : new Place(input, newLine, field);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(input);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (!field.isEmpty()) {
            text.append(text.isEmpty() ? "" : ": ").append(field);
        }
        return text.toString();
    }
}
