package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialRamDiskTest {
    @TempDir
    Path directory;

    private Path write(String name) throws Exception {
        Path file = directory.resolve(name);
        new InitialRamDisk()
                .file("/order/command", "exec true\n")
                .program("/init", new byte[] {'#'})
                .file("/lib/x86_64-linux-gnu/libc.so.6", new byte[5])
                .write(file);
        return file;
    }

    @Test
    void directoriesComeBeforeWhatLiesInThem() throws Exception {
        List<String> seen = new ArrayList<>();
        try (var cpio = new CpioArchiveInputStream(Files.newInputStream(write("one")))) {
            for (CpioArchiveEntry entry = cpio.getNextEntry(); entry != null; entry = cpio.getNextEntry()) {
                seen.add(Long.toOctalString(entry.getMode()) + " " + entry.getName() + " " + entry.getSize());
            }
        }
        assertEquals(
                List.of(
                        "100755 init 1",
                        "40755 lib 0",
                        "40755 lib/x86_64-linux-gnu 0",
                        "100644 lib/x86_64-linux-gnu/libc.so.6 5",
                        "40755 order 0",
                        "100644 order/command 10"),
                seen);
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws Exception {
        assertArrayEquals(Files.readAllBytes(write("one")), Files.readAllBytes(write("two")));
    }
}
