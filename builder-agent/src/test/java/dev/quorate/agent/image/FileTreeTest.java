package dev.quorate.agent.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path tree;

    @BeforeEach
    void plant() throws IOException {
        Files.createDirectories(tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/java"), "java");
        Files.writeString(tree.resolve("release"), "25");
        Files.createSymbolicLink(tree.resolve("current"), Path.of("bin/java"));
    }

    @Test
    void itIsTheDigestOfALineForEachFile() throws Exception {
        tree.resolve("bin/java").toFile().setExecutable(true);
        String lines = sha256("java") + " x bin/java\n-> bin/java current\n" + sha256("25") + " - release\n";
        assertEquals(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)), FileTree.digest(tree));
    }

    private static String sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    @Test
    void datesAndEmptyDirectoriesAreNothing() throws Exception {
        Sha256 before = FileTree.digest(tree);
        Files.setLastModifiedTime(tree.resolve("release"), FileTime.fromMillis(0));
        Files.createDirectory(tree.resolve("empty"));
        assertEquals(before, FileTree.digest(tree));
    }

    @Test
    void everythingElseIsSomething() throws Exception {
        Set<Sha256> seen = new HashSet<>(Set.of(FileTree.digest(tree)));
        Files.writeString(tree.resolve("release"), "26");
        assertTrue(seen.add(FileTree.digest(tree)));
        tree.resolve("release").toFile().setExecutable(true);
        assertTrue(seen.add(FileTree.digest(tree)));
        Files.move(tree.resolve("release"), tree.resolve("bin/release"));
        assertTrue(seen.add(FileTree.digest(tree)));
        Files.delete(tree.resolve("current"));
        Files.createSymbolicLink(tree.resolve("current"), Path.of("bin/release"));
        assertTrue(seen.add(FileTree.digest(tree)));
    }
}
