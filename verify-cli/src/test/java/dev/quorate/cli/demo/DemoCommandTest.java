package dev.quorate.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Surroundings;
import dev.quorate.digest.Sha256;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path directory;

    private String verifyLine(String demo) {
        var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var here = new Surroundings(
                silent, silent, Map.of(), directory, InstantSource.system(), Surroundings.Screen.PLAIN);
        var plan = new Plan(
                3,
                2,
                directory.resolve("spec"),
                directory.resolve(demo),
                directory,
                directory.resolve("quorate"),
                "container",
                Plan.Leftover.RESULTS);
        var ending = new Demo.Ending("hello", Sha256.of("hello"), ExitCode.OK, ExitCode.NEGATIVE);
        return DemoCommand.verifyLine(plan, ending, here);
    }

    @Test
    void theLastLineCanBeRunAsItStands() {
        assertEquals(
                "./quorate verify demo/out/hello --kit demo/out/hello.sigstore.jsonl"
                        + " --trust demo/out/trust.json --policy demo/out/policy.yaml",
                verifyLine("demo"));
        assertEquals(
                "./quorate verify 'my demo/out/hello' --kit 'my demo/out/hello.sigstore.jsonl'"
                        + " --trust 'my demo/out/trust.json' --policy 'my demo/out/policy.yaml'",
                verifyLine("my demo"));
    }

    @Test
    void noWordIsMoreThanAWord() {
        assertEquals("a 'b c' '$d' 'e'\\''f' ''", ShellWords.line(List.of("a", "b c", "$d", "e'f", "")));
    }
}
