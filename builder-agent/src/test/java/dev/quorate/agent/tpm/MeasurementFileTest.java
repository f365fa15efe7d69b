package dev.quorate.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.tpm.TpmException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementFileTest {
    @TempDir
    Path directory;

    private static void refused(MeasurementFile file, String problem) {
        var refusal = assertThrows(TpmException.class, file::read);
        assertEquals(
                file.path() + " " + problem + ", and the trust root judges this builder's host by it: " + file.what(),
                refusal.getMessage());
    }

    @Test
    void aFileThatEvidenceCannotHoldIsOneSentence() throws Exception {
        Path file = directory.resolve("list");
        refused(MeasurementFile.imaList(file), "is not there");
        Files.createFile(file);
        refused(MeasurementFile.eventLog(file), "is empty");
        Files.write(file, new byte[(1 << 20) + 1]);
        refused(MeasurementFile.eventLog(file), "is longer than 1048576 bytes, the most that evidence can hold");
        assertEquals((1 << 20) + 1, MeasurementFile.imaList(file).read().bytes().length);
    }

    @Test
    void eachReadingGivesWhatIsThereNow() throws Exception {
        Path file = Files.write(directory.resolve("list"), new byte[] {1});
        MeasurementFile list = MeasurementFile.imaList(file);
        assertArrayEquals(new byte[] {1}, list.read().bytes());
        Files.write(file, new byte[] {1, 2});
        assertArrayEquals(new byte[] {1, 2}, list.read().bytes());
    }
}
