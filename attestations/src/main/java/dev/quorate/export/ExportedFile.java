package dev.quorate.export;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;

/** One file of an export. */
public record ExportedFile(String name, byte[] bytes) {
    static ExportedFile json(String name, Json.Obj value) {
        return new ExportedFile(name, (CanonicalJson.write(value) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static ExportedFile text(String name, String text) {
        return new ExportedFile(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
