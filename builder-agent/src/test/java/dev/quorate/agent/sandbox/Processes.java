package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** Looks into {@code /proc} of the whole machine, sandboxes included. */
final class Processes {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Processes() {}

    /** Whether a live {@code sleep} has that argument. */
    static boolean anyRuns(String argument) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String[] words = commandLine(process).split("\0");
                if (words[0].endsWith("sleep") && Arrays.asList(words).contains(argument)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            Assertions.assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "it did not come to pass within 30 s");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
