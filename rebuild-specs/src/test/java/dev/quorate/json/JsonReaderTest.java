package dev.quorate.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final int LIMIT = 1 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "1.0",
                "1e3",
                "1e999999999",
                "-0",
                "01",
                "+1",
                "9007199254740992",
                "-9007199254740992",
                "99999999999999999999",
                "NaN",
                "Infinity",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "{\"a\":1,}",
                "[1 2]",
                "// c\n1",
                "/* c */1",
                "1 2",
                "{}x",
                "{} {}",
                "\"\\ud800\"",
                "{\"\\udc00\":1}",
                "\"\\x41\"",
                "\"a\nb\"",
                "\"\u0001\"",
                "\uFEFF{}",
                "tru",
                "[",
                "{\"a\"",
                "\"",
                "nul\u0000"
            })
    void refuses(String json) {
        assertThrows(MalformedException.class, () -> JsonReader.read(json, "t"));
    }

    @ParameterizedTest
    @CsvSource({"22ff22, invalid", "22c080 22, overlong", "22eda08022, surrogate", "efbbbf7b7d, mark", "fffe7b00, utf16"
    })
    void refusesBytesThatAreNotUtf8(String hex, String what) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThrows(MalformedException.class, () -> JsonReader.read(bytes, LIMIT, what));
    }

    @Test
    void refusesWhatIsTooLongBeforeItReads() {
        var e = assertThrows(MalformedException.class, () -> JsonReader.read(new byte[LIMIT + 1], LIMIT, "t"));
        assertTrue(e.getMessage().contains("longer than"), e.getMessage());
    }

    @Test
    void refusesDepthOf100000AndAMillionDigits() {
        assertThrows(MalformedException.class, () -> JsonReader.read("[".repeat(100_000) + "]".repeat(100_000), "t"));
        assertThrows(MalformedException.class, () -> JsonReader.read("{\"a\":".repeat(100_000), "t"));
        assertThrows(MalformedException.class, () -> JsonReader.read("9".repeat(1_000_000), "t"));
    }

    @Test
    void acceptsExactlyTheDeepestNesting() throws Exception {
        int depth = JsonReader.MAX_DEPTH;
        JsonReader.read("[".repeat(depth) + "]".repeat(depth), "t");
        assertThrows(
                MalformedException.class, () -> JsonReader.read("[".repeat(depth + 1) + "]".repeat(depth + 1), "t"));
    }

    @Test
    void readsEveryKindOfValue() throws Exception {
        Json value = JsonReader.read(
                " {\"s\":\"\\ud83d\\ude00\",\"n\":-9007199254740991,\"t\":true,\"f\":false,\"z\":null,\"l\":[0]}\n"
                        .getBytes(StandardCharsets.UTF_8),
                LIMIT,
                "t");
        assertEquals(
                Json.object()
                        .put("s", "\ud83d\ude00")
                        .put("n", -Json.MAX_INTEGER)
                        .put("t", true)
                        .put("f", false)
                        .put("z", new Json.Null())
                        .put("l", Json.arr(List.of(Json.num(0))))
                        .build(),
                value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1,"b         | t:1: ends within a JSON value; it may have been cut off
                    {"a":[1,          | t:1: ends within a JSON value; it may have been cut off
                    {"a":1,"b" = 2}   | t:1: is not strict JSON, from character 12 of the line on
                    {"a":1,}          | t:1: is not strict JSON, from character 8 of the line on
                    """)
    void saysWhereItIsNoJson(String text, String sentence) {
        var e = assertThrows(MalformedException.class, () -> JsonReader.read(text, "t"));
        assertEquals(sentence, e.getMessage());
    }

    @Test
    void saysTheLineAndNothingDangerous() {
        var e = assertThrows(
                MalformedException.class, () -> JsonReader.read("{\n\"\\u001b[31m\":1,\n\"\\u001b[31m\":2}", "file"));
        assertEquals("file:3: the name \"\\u{1b}[31m\" is there twice", e.getMessage());
    }
}
