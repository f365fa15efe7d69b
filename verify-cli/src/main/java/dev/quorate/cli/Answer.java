package dev.quorate.cli;

import dev.quorate.json.Json;
import java.util.List;

/**
 * What a command found, for a person and for a program.
 *
 * @param json the one object of {@code --json}
 * @param lines the same in words; text from strangers has gone through {@link dev.quorate.json.Printable}
 */
public record Answer(Ending ending, Json.Obj json, List<String> lines) {
    public Answer {
        lines = List.copyOf(lines);
    }

    /** A finished command. */
    public static Answer done(Json.Obj json, List<String> lines) {
        return new Answer(Ending.POSITIVE, json, lines);
    }

    /** A finished command with one line to say. */
    public static Answer done(Json.Obj json, String line) {
        return done(json, List.of(line));
    }
}
