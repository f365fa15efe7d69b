package dev.quorate.cli;

import dev.quorate.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What {@code --version} says: the build's own version, and the Java that runs it. */
final class Version {
    private Version() {}

    static Answer answer() {
        String version = text();
        String java = Runtime.version().toString();
        Json.Obj json = Json.object()
                .put("name", "quorate")
                .put("version", version)
                .put("java", java)
                .build();
        return Answer.done(json, "quorate " + version + " (Java " + java + ")");
    }

    private static String text() {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            if (in == null) {
                throw new IllegalStateException("the resource version.txt is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the program's own version", e);
        }
    }
}
