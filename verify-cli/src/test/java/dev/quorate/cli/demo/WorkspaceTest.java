package dev.quorate.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    Path directory;

    @Test
    void anOperatorsDirectoryIsNotTouched() throws Exception {
        Path key = directory.resolve("trust/alice.key");
        Files.createDirectories(key.getParent());
        Files.writeString(key, "secret");
        var refused = assertThrows(RefusedException.class, () -> new Workspace(directory).prepare(List.of("b1")));
        assertTrue(refused.getMessage().contains("name a new directory"), refused.getMessage());
        assertEquals("secret", Files.readString(key));
    }

    @Test
    void aFileIsNoPlace() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThrows(RefusedException.class, () -> new Workspace(file).prepare(List.of("b1")));
    }

    @Test
    void theNextDemoClearsWhatTheLastOneLeftAndKeepsItsCache() throws Exception {
        var workspace = new Workspace(directory.resolve("demo"));
        workspace.prepare(List.of("b1"));
        Path download = Files.writeString(workspace.cache().resolve("download"), "x");
        Path result = Files.createDirectories(workspace.out()).resolve("result");
        Files.writeString(result, "x");
        workspace.prepare(List.of("b1"));
        assertTrue(Files.exists(download));
        assertFalse(Files.exists(result));
    }
}
