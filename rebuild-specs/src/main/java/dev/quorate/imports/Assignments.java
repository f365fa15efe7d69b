package dev.quorate.imports;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Place;
import dev.quorate.json.Printable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads Bash assignments as text; the package holds the grammar. What Bash would run is refused, never run. */
final class Assignments {
    private static final int MOST = 200;
    private static final int LONGEST_VALUE = 1 << 16;
    private static final String COMMANDS = ";&|<>()";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final String text;
    private final String input;
    private int at;

    private Assignments(String text, String input) {
        this.text = text;
        this.input = input;
    }

    /** The values in writing order, with earlier names filled in. */
    static Map<String, String> parse(String text, String input) throws MalformedException {
        if (text.indexOf('\0') >= 0) {
            throw new MalformedException(input, "has a NUL, which Bash would leave out");
        }
        var assignments = new Assignments(text, input);
        assignments.read();
        return Collections.unmodifiableMap(assignments.values);
    }

    private void read() throws MalformedException {
        skip();
        while (at < text.length()) {
            int start = at;
            String name = name();
            if (name.isEmpty() || !take('=')) {
                at = start;
                throw wrong("is not an assignment name=value; only those are read, nothing is run");
            }
            if (values.size() == MOST) {
                throw wrong("has more than " + MOST + " assignments");
            }
            if (values.containsKey(name)) {
                throw wrong(Printable.of(name) + " is assigned twice; remove one");
            }
            values.put(name, word());
            blanks();
            if (peek() == '#') {
                comment();
            } else if (at < text.length() && peek() != '\n') {
                throw wrong("a value goes on after a blank; put it between quotation marks");
            }
            skip();
        }
    }

    private void skip() {
        blanks();
        while (at < text.length() && (peek() == '\n' || peek() == '#')) {
            if (peek() == '#') {
                comment();
            } else {
                at++;
            }
            blanks();
        }
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void comment() {
        while (at < text.length() && peek() != '\n') {
            at++;
        }
    }

    private String word() throws MalformedException {
        var value = new StringBuilder();
        // Bash expands a tilde here and after each colon, to a directory of whoever runs it.
        while (at < text.length() && " \t\n".indexOf(peek()) < 0) {
            char c = text.charAt(at);
            switch (c) {
                case '\'' -> single(value);
                case '"' -> quoted(value);
                case '\\' -> escaped(value);
                case '$' -> variable(value);
                default -> {
                    if (COMMANDS.indexOf(c) >= 0 || c == '`' || c == '~') {
                        throw wrong("has " + c + " outside of quotation marks, which Bash would act on; quote it");
                    }
                    value.append(c);
                    at++;
                }
            }
            bound(value);
        }
        return value.toString();
    }

    private void single(StringBuilder value) throws MalformedException {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw wrong("has a ' without its end");
        }
        value.append(text, at + 1, end);
        at = end + 1;
    }

    private void quoted(StringBuilder value) throws MalformedException {
        int start = at++;
        while (peek() != '"') {
            if (at >= text.length()) {
                at = start;
                throw wrong("has a \" without its end");
            }
            switch (text.charAt(at)) {
                case '$' -> variable(value);
                case '`' -> throw wrong("has a command in `…`, which is not run here; write its result");
                case '\\' -> {
                    // Between quotation marks a backslash stands for itself before anything else.
                    if (at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
                        escaped(value);
                    } else {
                        value.append(text.charAt(at++));
                    }
                }
                default -> value.append(text.charAt(at++));
            }
            bound(value);
        }
        at++;
    }

    private void escaped(StringBuilder value) throws MalformedException {
        if (at + 1 >= text.length()) {
            throw wrong("ends in a backslash");
        }
        char c = text.charAt(at + 1);
        if (c != '\n') {
            value.append(c);
        }
        at += 2;
    }

    private void variable(StringBuilder value) throws MalformedException {
        int start = at++;
        boolean braces = take('{');
        String name = name();
        if (name.isEmpty() || braces && !take('}')) {
            at = start;
            throw wrong("has a $ that is not just ${name}, which is not worked out here; write its result");
        }
        // Bash joins the lines before it reads the name, so the name would go on in the next line.
        if (!braces && text.startsWith("\\\n", at)) {
            throw wrong("breaks the line right after a name; write it in braces, ${" + Printable.of(name) + "}");
        }
        Optional<String> known = Optional.ofNullable(values.get(name));
        if (known.isEmpty()) {
            at = start;
            throw wrong("uses " + Printable.of(name) + ", which is not assigned before; write its value");
        }
        value.append(known.get());
    }

    private String name() {
        int start = at;
        while (at < text.length() && (isLetter(peek()) || at > start && peek() >= '0' && peek() <= '9')) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private boolean take(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void bound(StringBuilder value) throws MalformedException {
        if (value.length() > LONGEST_VALUE) {
            throw wrong("has a value of more than 64 KiB");
        }
    }

    private MalformedException wrong(String problem) {
        int line = 1
                + (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new MalformedException(new Place(input, line, ""), problem);
    }
}
