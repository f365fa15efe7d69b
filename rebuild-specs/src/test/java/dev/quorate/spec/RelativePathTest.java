package dev.quorate.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {
    static Stream<String> attacks() {
        return Stream.of(
                "",
                "/",
                "/etc/passwd",
                "..",
                "../x",
                "a/../b",
                "a/..",
                "./a",
                "a/./b",
                "a/.",
                "a//b",
                "a/",
                "//a",
                "a\\b",
                "..\\x",
                "a\u0000b",
                "a\nb",
                "a\u001b[31m",
                "a\u007f",
                "a\ud800",
                "x".repeat(256),
                "é".repeat(128),
                "ab/".repeat(342) + "c",
                "é/".repeat(400) + "c");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> RelativePath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b",
                "...",
                "a..b",
                "..a",
                ".hidden",
                "a b",
                "é/漢",
                "~",
                "-rf",
                "debvm_0.2.10+deb12u1_all.deb"
            })
    void acceptsAndStaysBelow(String text) {
        Path root = Path.of("/root-of-all");
        assertTrue(RelativePath.parse(text).below(root).normalize().startsWith(root));
        assertEquals(text, RelativePath.parse(text).toString());
    }

    @Test
    void sortsByUtf8BytesAndNotByUtf16() {
        var sorted = Stream.of("\ud83d\ude00", "\uffee", "a/b", "a-b", "a", "Z")
                .map(RelativePath::parse)
                .sorted()
                .map(RelativePath::text)
                .toList();
        assertEquals(List.of("Z", "a", "a-b", "a/b", "\uffee", "\ud83d\ude00"), sorted);
    }
}
