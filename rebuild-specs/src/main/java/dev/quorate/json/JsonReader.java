package dev.quorate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads strict JSON within bounds; see the package for what is refused. */
public final class JsonReader {
    /** Deepest nesting accepted anywhere. */
    public static final int MAX_DEPTH = 64;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(20)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * Reads one value from UTF-8 bytes.
     *
     * @param maxBytes longest input accepted
     */
    public static Json read(byte[] utf8, int maxBytes, String input) throws MalformedException {
        if (utf8.length > maxBytes) {
            throw new MalformedException(input, "is longer than " + maxBytes + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(input, "is not valid UTF-8");
        }
        return read(text, input);
    }

    /** Reads one value from text whose length the caller has bounded. */
    public static Json read(String text, String input) throws MalformedException {
        if (text.startsWith("\uFEFF")) {
            throw new MalformedException(input, "begins with a byte order mark; remove it");
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new MalformedException(input, "is empty where a JSON value belongs");
            }
            Json value = value(parser, input);
            if (parser.nextToken() != null) {
                throw malformed(parser, input, "something follows the JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw unreadable(e, text, input);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static MalformedException unreadable(JsonProcessingException e, String text, String input) {
        JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
        boolean atTheEnd = at.getCharOffset() >= text.stripTrailing().length();
        String what = e instanceof JsonEOFException || atTheEnd
                ? "ends within a JSON value; it may have been cut off"
                : "is not strict JSON, from character " + at.getColumnNr() + " of the line on";
        return new MalformedException(new Place(input, Math.max(at.getLineNr(), 0), ""), what);
    }

    private static Json value(JsonParser parser, String input) throws IOException, MalformedException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, input);
            case START_ARRAY -> array(parser, input);
            case VALUE_STRING -> new Json.Str(text(parser, input));
            case VALUE_NUMBER_INT -> number(parser, input);
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case VALUE_NUMBER_FLOAT -> throw malformed(parser, input, "a number is not an integer");
            default -> throw malformed(parser, input, "is not strict JSON");
        };
    }

    private static Json object(JsonParser parser, String input) throws IOException, MalformedException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser, input);
            parser.nextToken();
            if (members.putIfAbsent(name, value(parser, input)) != null) {
                throw malformed(parser, input, "the name " + Printable.quote(name) + " is there twice");
            }
        }
        return new Json.Obj(members);
    }

    private static Json array(JsonParser parser, String input) throws IOException, MalformedException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, input));
        }
        return new Json.Arr(items);
    }

    private static Json number(JsonParser parser, String input) throws IOException, MalformedException {
        String digits = parser.getText();
        if (digits.length() <= 17) {
            long value = Long.parseLong(digits);
            if (Math.abs(value) <= Json.MAX_INTEGER && !digits.equals("-0")) {
                return new Json.Num(value);
            }
        }
        throw malformed(parser, input, "an integer is beyond 2^53-1 or written as -0");
    }

    private static String text(JsonParser parser, String input) throws IOException, MalformedException {
        String text = parser.getText();
        if (!Printable.isWellFormed(text)) {
            throw malformed(parser, input, "a string has a lone surrogate");
        }
        return text;
    }

    private static MalformedException malformed(JsonParser parser, String input, String problem) {
        int line = parser.currentLocation().getLineNr();
        return new MalformedException(new Place(input, line, ""), problem);
    }
}
