package dev.quorate.coordinator.http;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is answered. */
record Reply(int status, Map<String, String> headers, Content content) {
    /** The body. */
    sealed interface Content {
        /** Bytes in memory. */
        record Bytes(byte[] bytes) implements Content {}

        /** Part of a file. */
        record Slice(Path file, long from, long length) implements Content {}

        /** Server-sent events, until there are no more. */
        record Events(Source source) implements Content {}
    }

    /** Gives events, blocking until there is one. */
    interface Source {
        /** The next text to send; empty when it is over. */
        Optional<String> next() throws IOException, InterruptedException;
    }

    Reply {
        headers = new TreeMap<>(headers);
    }

    static Reply json(int status, Json value) {
        return bytes(status, "application/json", CanonicalJson.bytes(value));
    }

    static Reply bytes(int status, String type, byte[] bytes) {
        return new Reply(status, Map.of("Content-Type", type, "Cache-Control", "no-store"), new Content.Bytes(bytes));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of("Cache-Control", "no-store"), new Content.Bytes(new byte[0]));
    }

    static Reply events(Source source) {
        return new Reply(
                200,
                Map.of("Content-Type", "text/event-stream", "Cache-Control", "no-store"),
                new Content.Events(source));
    }

    Reply with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, content);
    }
}
