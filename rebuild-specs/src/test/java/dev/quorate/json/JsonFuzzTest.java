package dev.quorate.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

class JsonFuzzTest implements Fuzzed {
    private static final int MOST = 1 << 20;
    private static final String JSON =
            "{\"a\":[1,-2,\"\\u00e9\\n\\ud83d\\ude00\",true,null,{}],\"b\":{\"c\":9007199254740991}}";
    private static final String YAML = """
            a: {b: [1, -2, 'x''y', "\\u00e9\\n"], c: }
            "k\\u00e9\\x41": 2
            text: |
              line
               and another
            folded: >-
              one
              two
            - - no
            """.replace("- - no\n", "list:\n  - true\n  - - ~\n");

    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("json", JsonFuzzTest::json, JSON.getBytes(StandardCharsets.UTF_8)),
                Target.of("yaml", JsonFuzzTest::yaml, YAML.getBytes(StandardCharsets.UTF_8)));
    }

    /** What was read has one canonical spelling, which reads as the same. */
    private static void json(byte[] bytes) throws MalformedException {
        Json value = JsonReader.read(bytes, MOST, "fuzz");
        byte[] canonical = CanonicalJson.bytes(value);
        Json again = JsonReader.read(canonical, MOST, "again");
        assertEquals(value, again);
        assertArrayEquals(canonical, CanonicalJson.bytes(again));
    }

    /** YAML gives nothing that JSON could not hold. */
    private static void yaml(byte[] bytes) throws MalformedException {
        Json value = YamlReader.read(bytes, MOST, "fuzz").json();
        assertEquals(value, JsonReader.read(CanonicalJson.bytes(value), Integer.MAX_VALUE, "again"));
    }
}
