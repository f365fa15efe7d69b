package dev.quorate.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.inputs.Tools;
import dev.quorate.inputs.process.Command;
import dev.quorate.json.MalformedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentsTest {
    // No two of them make a command that does anything, whichever way they are put together.
    private static final List<String> PIECES = List.of(
            "x", "y1", "-", "=", ".", " ", "\n", "\\", "'", "\"", "$", "${x}", "$x", "{", "}", "#", "\t", "\\\n");

    @TempDir
    Path directory;

    @Test
    void readsWhatBashWould() throws Exception {
        assertEquals(
                Map.of("a", "1", "b", "1-2 $1#x", "c", "", "d", "x\\y\"z", "e", "two lines", "f", "a#b"),
                Assignments.parse("""
                        a=1
                          b="${a}-2 \\$$a#x"   # comment
                        c=
                        # d=no
                        d='x\\y'\\""z"
                        e="two \\
                        lines"
                        f=a#b""", "t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "a b", "1a=x", "a =x", "a= x", "a=x y", "a=$(id)", "a=`id`", "a=\"$(id)\"", "a=\"`id`\"", "a=(1)",
                "a=x;id", "a=x&id", "a=x|id", "a=<(id)", "a=~/x", "a=$b", "a=${b:-x}", "a=x\na=y", "a=$'x'", "a=$",
                        "a+=x",
                "a='", "a=\"", "a=\\", "a[0]=x", "if true", "export a=x", "a=$((1))", "a=\0", "x=1\na=$x\\\nb",
                        "x=1\na=\"$x\\\nb\"", "é=1"
            })
    void refuses(String text) {
        assertThrows(MalformedException.class, () -> Assignments.parse(text, "t"));
    }

    @Test
    void readsNothingOtherwiseThanBash() throws Exception {
        Tools.need("/usr/bin/bash");
        var random = new Random(20250101);
        List<Map<String, String>> read = new ArrayList<>();
        while (read.size() < 400) {
            String text = "x=1\nz=" + pieces(random) + "\nw=" + pieces(random) + "\n";
            try {
                Map<String, String> values = Assignments.parse(text, "t");
                Files.writeString(directory.resolve("%04d".formatted(read.size())), text);
                read.add(values);
            } catch (MalformedException e) {
                // Being stricter than Bash is the point; reading something else would be the bug.
                continue;
            }
        }
        String script = "for f in ????; do (. ./$f >/dev/null 2>&1; printf '%s|%s|%s\\0' \"$x\" \"$z\" \"$w\"); done";
        String said = new Command(
                        List.of("/usr/bin/bash", "--norc", "-c", script),
                        Map.of("PATH", "/nonexistent", "LC_ALL", "C.UTF-8"),
                        directory,
                        Duration.ofMinutes(2))
                .text(1 << 20);
        String[] bash = said.split("\0");
        assertEquals(read.size(), bash.length);
        for (int i = 0; i < bash.length; i++) {
            Map<String, String> values = read.get(i);
            assertEquals(
                    bash[i],
                    values.get("x") + "|" + values.get("z") + "|" + values.getOrDefault("w", ""),
                    Files.readString(directory.resolve("%04d".formatted(i))));
        }
        assertTrue(read.stream().anyMatch(values -> values.get("z").contains(" ")));
    }

    private static String pieces(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
