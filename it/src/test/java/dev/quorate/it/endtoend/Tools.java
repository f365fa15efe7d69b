package dev.quorate.it.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quorate.agent.vm.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tools of the machine; a missing one skips a test, except in CI, where it fails it. */
final class Tools {
    private Tools() {}

    static void needForMachines() throws IOException {
        needForBuilds();
        String sentence = "virtual machines need " + Requirements.missing() + ", or run ./quorate test";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(Requirements.missing().isEmpty(), sentence);
        }
        assumeTrue(Requirements.missing().isEmpty(), sentence);
    }

    static void needForBuilds() {
        for (String tool : List.of("bwrap", "mmdebstrap")) {
            boolean there = Files.isExecutable(Path.of("/usr/bin", tool));
            String sentence = tool + " is missing: apt-get install bubblewrap mmdebstrap, or run ./quorate test";
            if ("true".equals(System.getenv("CI"))) {
                assertTrue(there, sentence);
            }
            assumeTrue(there, sentence);
        }
    }
}
