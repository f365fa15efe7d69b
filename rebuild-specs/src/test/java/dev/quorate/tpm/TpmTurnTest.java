package dev.quorate.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the TPM, and what says so to others. */
class TpmTurnTest {
    @TempDir
    Path directory;

    /** What another process says of a file: whether it could have it. */
    public static void main(String[] file) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
            System.out.print(channel.tryLock() == null ? "held" : "free");
        }
    }

    private static String asOthersFind(Path file) throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TpmTurnTest.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, other.waitFor());
        return said;
    }

    @Test
    void anotherProcessHasItsTurnWhenThisOneIsOver() throws Exception {
        String tcti = "swtpm:path=" + directory.resolve("tpm");
        Path file = directory.resolve("tpm.lock");
        try (var _ = TpmTurn.take(tcti)) {
            assertEquals("held", asOthersFind(file));
            // Whoever has it may take it again, and gives it back once.
            TpmTurn.take(tcti).close();
            assertEquals("held", asOthersFind(file));
        }
        assertEquals("free", asOthersFind(file));
    }

    @Test
    void whoMayNotWriteThereGoesOnWithout() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        try (var _ = TpmTurn.take("swtpm:path=" + nowhere.resolve("tpm"))) {
            assertFalse(Files.exists(nowhere));
        }
        TpmTurn.take("swtpm:path=" + nowhere.resolve("tpm")).close();
    }

    @Test
    void theFileIsBesideTheSocketOrDevice() {
        assertEquals(Optional.of(Path.of("/run/t/tpm.lock")), TpmTurn.file("swtpm:path=/run/t/tpm"));
        assertEquals(Optional.of(Path.of("/run/t/tpm.lock")), TpmTurn.file("mssim:x=1,path=/run/t/tpm,y=2"));
        assertEquals(Optional.of(Path.of("/dev/tpm0.lock")), TpmTurn.file("device:/dev/tpm0"));
        // A resource manager gives each its own, and a port has no place.
        for (String other :
                new String[] {"device:/dev/tpmrm0", "tabrmd:bus_name=x,path=/x", "swtpm:port=2321", "", "device:"}) {
            assertTrue(TpmTurn.file(other).isEmpty(), other);
        }
    }
}
