package dev.quorate.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static final int LIMIT = 1 << 22;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "- a list",
                "text",
                "a: 1\na: 2",
                "a: &x 1\nb: *x",
                "a: &x [1]\nb: [*x, *x]",
                "a: &x [*x]",
                "a: *nowhere",
                "a: !!python/object:os.system x",
                "a: !own x",
                "a: !!binary aGk=",
                "a: 1.5",
                "a: 1e3",
                "a: .inf",
                "a: 0x10",
                "a: 0o17",
                "a: 010",
                "a: -0",
                "a: 9007199254740992",
                "? [a, b]\n: c",
                "a: 1\n---\nb: 2",
                "a: [1",
                "a: 'x",
                "\tx: 1",
                "a: \"\\ud800\"",
                "\"\\ud800\": a",
                "a: \"\\u",
                "a: \"\\x+1\"",
                "<<: {a: 1}\nb: &c {}",
                "a: \u0007"
            })
    void refuses(String yaml) {
        assertThrows(MalformedException.class, () -> read(yaml));
    }

    @Test
    void refusesDepthOf100000WithoutOverflow() {
        for (String open : new String[] {"[", "{a: ", "- ", "? "}) {
            assertThrows(
                    MalformedException.class,
                    () -> read("x: " + (open.equals("- ") ? "\n" : "") + open.repeat(100_000)));
        }
    }

    @Test
    void refusesInvalidUtf8() {
        assertThrows(
                MalformedException.class, () -> YamlReader.read(new byte[] {'a', ':', ' ', (byte) 0xff}, LIMIT, "t"));
    }

    @Test
    void readsJsonAsWhatItIs() throws Exception {
        String json = "{\"a\":[1,\"1\",true,null],\"b\":{\"c\":\"\\u00e9\"}}";
        assertEquals(JsonReader.read(json, "t"), read(json).json());
    }

    @Test
    void keepsWordsThatOtherYamlsReadAsTruth() throws Exception {
        Fields fields = read("a: yes\nb: no\nc: on\nd: 12:30:45\ne: 2026-01-01\nf: ~x\n");
        for (String name : fields.names()) {
            assertTrue(fields.value(name) instanceof Json.Str, name);
        }
    }

    @Test
    void namesFileLineAndField() throws Exception {
        Fields fields = read("a: 1\nb:\n  c:\n    - x\n    - [y]\n");
        var e = assertThrows(MalformedException.class, () -> fields.object("b").strings("c", 10, text -> text));
        assertEquals("t.yaml:5: b.c[1]: must be text; quote it if it looks like something else", e.getMessage());
    }

    @Test
    void namesAMemberThatNobodyKnows() throws Exception {
        Fields fields = read("known: x\nun\\known: y\n");
        fields.string("known");
        var e = assertThrows(MalformedException.class, fields::end);
        assertEquals("t.yaml:2: un\\known: is not known here; the names are known", e.getMessage());
    }

    @Test
    void namesWhatMayBeLeftOutAndTakesNothingByLooking() throws Exception {
        Fields fields = read("known: x\nlooked: y\n");
        fields.string("known");
        fields.optional("absent", text -> text);
        fields.has("looked");
        var e = assertThrows(MalformedException.class, fields::end);
        assertEquals("t.yaml:2: looked: is not known here; the names are absent, known, looked", e.getMessage());
    }

    private static Fields read(String yaml) throws MalformedException {
        return YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8), LIMIT, "t.yaml");
    }
}
