package dev.quorate.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":\"é\"}",
                "{\"\":[],\"a\":{},\"A\":null,\"aa\":true,\"a\\u0000\":false}",
                "[9007199254740991,-9007199254740991,0,10]",
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
                "{\"peach\":\"\\u2028\\u2029\",\"péché\":\"\\u007f\\u0085\",\"sin\":\"</script>\\/\\b\\f\\n\\r\\t\\u0001\\\"\\\\\"}"
            })
    void agreesWithTheReferenceImplementation(String json) throws Exception {
        assertEquals(new JsonCanonicalizer(json).getEncodedString(), CanonicalJson.write(JsonReader.read(json, "t")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void agreesWithTheReferenceImplementationOnRandomTrees(long seed) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Json.Obj tree = object(random, 4);
            byte[] ours = CanonicalJson.bytes(tree);
            assertArrayEquals(new JsonCanonicalizer(ours).getEncodedUTF8(), ours);
            assertEquals(tree, JsonReader.read(ours, 1 << 24, "t"));
        }
    }

    @Test
    void orderOfWritingDoesNotMatter() {
        var one = Json.object().put("x", 1).put("a", "2").build();
        var other = Json.object().put("a", "2").put("x", 1).build();
        assertEquals(CanonicalJson.digest(one), CanonicalJson.digest(other));
    }

    @Test
    void refusesALoneSurrogate() {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(Json.str("a\ud800")));
        assertThrows(
                IllegalArgumentException.class,
                () -> CanonicalJson.write(Json.object().put("\udc00", 1).build()));
    }

    private static Json.Obj object(Random random, int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            members.put(text(random), value(random, depth - 1));
        }
        return new Json.Obj(members);
    }

    private static Json value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> Json.str(text(random));
            case 1 -> Json.num(random.nextLong(-Json.MAX_INTEGER, Json.MAX_INTEGER + 1));
            case 2 -> Json.bool(random.nextBoolean());
            case 3 -> new Json.Null();
            case 4 -> object(random, depth);
            default -> {
                List<Json> items = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    items.add(value(random, depth - 1));
                }
                yield new Json.Arr(items);
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            int c = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x100);
            text.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? '?' : c);
        }
        return text.toString();
    }
}
