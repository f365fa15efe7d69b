package dev.quorate.spec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.quorate.deb822.Paragraphs;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, a reader gives a value or a {@link MalformedException}, and what it gives is what it writes. */
class SpecsFuzz {
    private static final int MOST = 1 << 20;

    static Stream<Arguments> documents() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("../examples"))) {
            List<Path> specs = all.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            List<Arguments> seeds = new ArrayList<>();
            for (Path spec : specs) {
                seeds.add(Arguments.of((Object) Files.readAllBytes(spec)));
            }
            seeds.add(Arguments.of(
                    (Object) "{\"a\":[1,-2,\"\\u00e9\\n\",true,null,{}]}".getBytes(StandardCharsets.UTF_8)));
            seeds.add(Arguments.of(
                    (Object) "Package: a\nDepends: b,\n c\n\nPackage: d\n".getBytes(StandardCharsets.UTF_8)));
            return seeds.stream();
        }
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "1m")
    void json(byte[] bytes) {
        try {
            Json value = JsonReader.read(bytes, MOST, "fuzz");
            byte[] canonical = CanonicalJson.bytes(value);
            assertArrayEquals(canonical, CanonicalJson.bytes(JsonReader.read(canonical, 2 * MOST, "again")));
        } catch (MalformedException e) {
            refused(e);
        }
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "1m")
    void yaml(byte[] bytes) {
        try {
            CanonicalJson.bytes(YamlReader.read(bytes, MOST, "fuzz").json());
        } catch (MalformedException e) {
            refused(e);
        }
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "1m")
    void spec(byte[] bytes) {
        try {
            RebuildSpec spec = RebuildSpec.parse(bytes, "fuzz");
            assertEquals(spec, RebuildSpec.read(Fields.of(spec.json(), "again")));
        } catch (MalformedException e) {
            refused(e);
        }
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "1m")
    void deb822(byte[] bytes) {
        try {
            Paragraphs.parse(new String(bytes, StandardCharsets.UTF_8), "fuzz");
        } catch (MalformedException e) {
            refused(e);
        }
    }

    /** A refusal is one sentence that a terminal can show. */
    private static void refused(MalformedException e) {
        if (e.getMessage().chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("a refusal with control characters: " + e.getMessage());
        }
    }
}
