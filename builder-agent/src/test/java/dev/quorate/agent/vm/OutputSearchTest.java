package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.agent.sandbox.SandboxFixture;
import dev.quorate.spec.RelativePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guest's search, run here by the same busybox. */
class OutputSearchTest {
    @TempDir
    Path directory;

    @BeforeEach
    void needBusybox() {
        SandboxFixture.need("busybox");
    }

    private Set<String> search(List<String> from, String... patterns) throws Exception {
        String script = OutputSearch.script(
                        from, Stream.of(patterns).map(RelativePath::parse).toList())
                .replace("/order/list", "list");
        Process shell = new ProcessBuilder("busybox", "sh", "-euc", "b() { busybox \"$@\"; }\n: >list\n" + script)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertEquals(0, shell.waitFor());
        String list = Files.readString(directory.resolve("list"), StandardCharsets.UTF_8);
        Set<String> found = new TreeSet<>(Arrays.asList(list.split("\0")));
        found.remove("");
        return found;
    }

    private void file(String path) throws Exception {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
    }

    @Test
    void aStarStandsForDotsAndQuotesButForNoSlash() throws Exception {
        for (String path : List.of("out/a.jar", "out/.b.jar", "out/it's.jar", "out/deep/c.jar", "out/a.txt")) {
            file(path);
        }
        assertEquals(Set.of("./out", "./out/.b.jar", "./out/a.jar", "./out/it's.jar"), search(List.of("out"), "*.jar"));
        assertEquals(Set.of("./out", "./out/deep/c.jar"), search(List.of("out"), "*/c.jar"));
    }

    @Test
    void nothingButAStarIsSpecial() throws Exception {
        file("out/[ab]?.jar");
        file("out/a1.jar");
        assertEquals(Set.of("./out", "./out/[ab]?.jar"), search(List.of("out"), "[ab]?.jar"));
    }

    @Test
    void linksAreFoundAndNotFollowed() throws Exception {
        file("elsewhere/x");
        Files.createDirectory(directory.resolve("out"));
        Files.createSymbolicLink(directory.resolve("out/x"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(directory.resolve("out/there"), Path.of("../elsewhere"));
        Files.createSymbolicLink(directory.resolve("linked"), Path.of("elsewhere"));
        assertEquals(Set.of("./out", "./out/x"), search(List.of("out"), "x", "there/x"));
        assertEquals(Set.of(), search(List.of("linked"), "x"));
    }
}
