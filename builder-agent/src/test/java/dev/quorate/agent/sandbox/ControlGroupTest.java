package dev.quorate.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
    @TempDir
    Path directory;

    @Test
    void aMachineWithoutWritableGroupsSaysSo() {
        ControlGroup group = ControlGroup.create(List.of(), "build", SandboxFixture.bounds());
        Confinement confinement = Sandbox.confinement(group);
        assertEquals("RLIMIT_DATA for each process", confinement.limits().get("memory"));
        assertTrue(confinement.unavailable().stream().anyMatch(line -> line.startsWith("memory")));
        assertTrue(confinement.unavailable().stream().anyMatch(line -> line.startsWith("number of processes")));
    }

    @Test
    void aDirectoryWithoutControlFilesLimitsNothingAndIsNotLeftBehind() throws IOException {
        var ordinary = new Hierarchy(1, List.of("memory", "pids"), directory, directory);
        ControlGroup group = ControlGroup.create(List.of(ordinary), "build", SandboxFixture.bounds());
        assertEquals(Map.of(), group.limits());
        assertFalse(Files.exists(directory.resolve("build")));
    }

    @Test
    void ofVersionTwoTheParentServesWhereOurOwnGroupHasProcesses() {
        var hierarchy = new Hierarchy(2, List.of(), directory, directory.resolve("a"));
        assertEquals(List.of(directory), hierarchy.parents());
    }
}
