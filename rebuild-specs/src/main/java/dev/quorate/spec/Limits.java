package dev.quorate.spec;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.quantity.ByteCount;
import dev.quorate.quantity.Span;

/**
 * What one build may use. Reaching a limit is the result {@code RESOURCE_LIMIT}.
 *
 * @param time wall clock
 * @param memory of all processes together
 * @param disk written below the build directory
 * @param log output of the build; what comes after is dropped and said so
 */
public record Limits(Span time, ByteCount memory, ByteCount disk, ByteCount log) {
    static Limits read(Fields fields) throws MalformedException {
        var limits = new Limits(
                fields.string("time", Span::parse),
                fields.string("memory", ByteCount::parse),
                fields.string("disk", ByteCount::parse),
                fields.string("log", ByteCount::parse));
        fields.end();
        return limits;
    }

    Json.Obj json() {
        return Json.object()
                .put("time", time.toString())
                .put("memory", memory.toString())
                .put("disk", disk.toString())
                .put("log", log.toString())
                .build();
    }
}
