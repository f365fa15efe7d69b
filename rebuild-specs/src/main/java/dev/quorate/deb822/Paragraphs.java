package dev.quorate.deb822;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads paragraphs one after the other, each within a bound. */
public final class Paragraphs {
    private static final int LONGEST = 4 << 20;

    private final BufferedReader reader;
    private final String input;
    private int line;

    private Paragraphs(BufferedReader reader, String input) {
        this.reader = reader;
        this.input = input;
    }

    /** Reads a stream; what is not UTF-8 in it becomes replacement characters. */
    public static Paragraphs of(InputStream bytes, String input) {
        return new Paragraphs(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)), input);
    }

    /** All paragraphs of a text that is in memory. */
    public static List<Paragraph> parse(String text, String input) throws MalformedException {
        var paragraphs = new Paragraphs(new BufferedReader(new StringReader(text)), input);
        List<Paragraph> all = new ArrayList<>();
        try {
            for (var next = paragraphs.next(); next.isPresent(); next = paragraphs.next()) {
                all.add(next.get());
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string does not fail to be read", e);
        }
        return all;
    }

    /** The next paragraph, or none at the end. */
    public Optional<Paragraph> next() throws IOException, MalformedException {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        var value = new StringBuilder();
        String name = "";
        int length = 0;
        for (String text = readLine(); text != null; text = readLine()) {
            if (text.startsWith("-----BEGIN PGP SIGNATURE")) {
                skipSignature();
                continue;
            }
            if (text.startsWith("-----BEGIN PGP SIGNED MESSAGE")) {
                skipArmourHeaders();
                continue;
            }
            length += text.length() + 1;
            if (length > LONGEST) {
                throw wrong("a paragraph is longer than 4 MiB");
            }
            if (text.isBlank()) {
                if (!name.isEmpty()) {
                    break;
                }
            } else if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
                if (name.isEmpty()) {
                    throw wrong("a continuation line has no field before it");
                }
                value.append('\n').append(text.strip().equals(".") ? "" : text.substring(1));
            } else if (text.charAt(0) != '#') {
                put(fields, name, value);
                int colon = text.indexOf(':');
                if (colon <= 0) {
                    throw wrong("a line is neither a field nor its continuation");
                }
                name = text.substring(0, colon);
                value.setLength(0);
                value.append(text, colon + 1, text.length());
            }
        }
        put(fields, name, value);
        return name.isEmpty() ? Optional.empty() : Optional.of(new Paragraph(fields));
    }

    private void put(Map<String, String> fields, String name, StringBuilder value) throws MalformedException {
        if (!name.isEmpty() && fields.putIfAbsent(name, value.toString().strip()) != null) {
            throw wrong("a field is there twice");
        }
    }

    private void skipSignature() throws IOException {
        String text = readLine();
        while (text != null && !text.startsWith("-----END PGP SIGNATURE")) {
            text = readLine();
        }
    }

    private void skipArmourHeaders() throws IOException {
        String text = readLine();
        while (text != null && !text.isBlank()) {
            text = readLine();
        }
    }

    private String readLine() throws IOException {
        line++;
        return reader.readLine();
    }

    private MalformedException wrong(String problem) {
        return new MalformedException(new Place(input, line, ""), problem);
    }
}
