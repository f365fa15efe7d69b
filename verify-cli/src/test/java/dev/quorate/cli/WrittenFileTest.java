package dev.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenFileTest {
    private static final byte[] OLD = {1};
    private static final byte[] NEW = {2, 3};

    @TempDir
    Path directory;

    @Test
    void createLeavesAnExistingFileAlone() throws Exception {
        Path file = directory.resolve("f");
        WrittenFile.create(file, OLD);
        var refused = assertThrows(RefusedException.class, () -> WrittenFile.create(file, NEW));
        assertEquals(file + ": is there already; remove it or choose another name", refused.getMessage());
        assertArrayEquals(OLD, Files.readAllBytes(file));
        assertOnlyFile();
    }

    @Test
    void replaceExchangesTheWhole() throws Exception {
        Path file = directory.resolve("f");
        WrittenFile.create(file, OLD);
        WrittenFile.replace(file, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(file));
        assertOnlyFile();
    }

    @Test
    void aSecretIsItsOwnersAlone() throws Exception {
        Path file = directory.resolve("f");
        WrittenFile.createSecret(file, OLD);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path file = directory.resolve("none/f");
        var refused = assertThrows(RefusedException.class, () -> WrittenFile.replace(file, NEW));
        assertEquals(file + ": its directory does not exist; make it first", refused.getMessage());
    }

    private void assertOnlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }
}
