package dev.quorate.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerateTest {
    @Test
    void everyVectorHasItsGeneratorAndItsLesson() throws IOException {
        List<String> onDisk = new ArrayList<>();
        for (Path folder : VectorsTest.folders()) {
            onDisk.add(folder.getFileName().toString());
            assertTrue(Files.size(folder.resolve("README.md")) > 40, () -> folder + " teaches nothing");
        }
        assertEquals(Generate.drafts().stream().map(Draft::name).sorted().toList(), onDisk);
    }
}
