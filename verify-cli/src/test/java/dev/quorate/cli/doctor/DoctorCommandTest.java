package dev.quorate.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path directory;

    @Test
    void aMachineWithoutToolsIsToldHowToGetThem() {
        Shell.Said said = new Shell(directory)
                .variable("PATH", directory.toString())
                .run("doctor", "--dir", directory.toString());
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertTrue(said.out().contains("apt-get install bubblewrap"), said.out());
        assertTrue(said.out().contains("apt-get install mmdebstrap"), said.out());
        assertTrue(said.out().endsWith("does NOT work on this machine yet\n"), said.out());
    }

    @Test
    void theObjectSaysTheSame() {
        Shell.Said said =
                new Shell(directory).variable("PATH", "").run("doctor", "--json", "--dir", directory.toString());
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertTrue(said.onlyLine().endsWith("\"works\":false}"), said.out());
    }

    @Test
    void whatAHostIsShownByIsLookedForInItsKernel() throws Exception {
        List<Finding> none = new HostShow(directory).findings();
        assertTrue(none.stream().allMatch(finding -> finding.state() == Finding.State.LIMITED), none::toString);
        assertTrue(none.get(2).detail().contains("ima/binary_runtime_measurements is not there"), none::toString);
        Path list = directory.resolve("sys/kernel/security/ima/binary_runtime_measurements");
        Files.createDirectories(list.getParent());
        Files.createFile(list);
        assertEquals(Finding.State.OK, new HostShow(directory).findings().get(2).state());
    }
}
