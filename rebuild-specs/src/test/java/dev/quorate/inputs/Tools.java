package dev.quorate.inputs;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that a test needs and a machine may lack. */
public final class Tools {
    private Tools() {}

    /** Skips the test where the program is missing; in CI that is a failure. */
    public static void need(String path) {
        boolean there = Files.isExecutable(Path.of(path));
        String message = "THIS TEST DOES NOT RUN HERE: " + path + " is missing";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(there, message);
        }
        assumeTrue(there, message);
    }
}
