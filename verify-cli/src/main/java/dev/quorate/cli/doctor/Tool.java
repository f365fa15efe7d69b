package dev.quorate.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of this machine: whether they are there, and what they say when tried. */
final class Tool {
    private static final long LONGEST_SECONDS = 20;
    private static final int MAX_OUTPUT = 4096;

    private Tool() {}

    /** Where a program is on the search path. */
    static Optional<Path> find(String searchPath, String name) {
        return Arrays.stream(searchPath.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * How a trial run ended.
     *
     * @param exit its exit code, or −1 if it did not end in time or could not be started
     */
    record Trial(int exit, String output) {
        boolean works() {
            return exit == 0;
        }
    }

    static Trial run(List<String> command) throws InterruptedException {
        return run(command, LONGEST_SECONDS);
    }

    static Trial run(List<String> command, long longestSeconds) throws InterruptedException {
        try {
            Path output = Files.createTempFile("quorate-doctor", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                boolean ended = process.waitFor(longestSeconds, TimeUnit.SECONDS);
                process.destroyForcibly();
                byte[] bytes;
                try (var in = Files.newInputStream(output)) {
                    bytes = in.readNBytes(MAX_OUTPUT);
                }
                return new Trial(ended ? process.exitValue() : -1, firstLine(bytes));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new Trial(-1, String.valueOf(e.getMessage()));
        }
    }

    private static String firstLine(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }
}
