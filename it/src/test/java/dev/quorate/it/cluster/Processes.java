package dev.quorate.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Java processes of the test's own class path, and what the kernel says of all others. */
public final class Processes {
    private Processes() {}

    /** A JVM that has not been started. */
    public static ProcessBuilder java(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Waits for something that another process does; the process's own end is the clock of this loop. */
    static void await(String what, Process process, int seconds, BooleanSupplier condition)
            throws InterruptedException {
        for (int tenths = 0; tenths < 10 * seconds; tenths++) {
            if (condition.getAsBoolean()) {
                return;
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("not within " + seconds + " s: " + what);
    }

    /** Whether a process is bubblewrap. A root agent's names no directory of its own: it sees its sources on a stage. */
    static boolean isSandbox(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"))
                    .strip()
                    .equals("bwrap");
        } catch (IOException e) {
            return false;
        }
    }

    /** Processes whose command line names this directory. */
    static List<String> below(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .map(Processes::commandLine)
                    .flatMap(Optional::stream)
                    .filter(line -> line.contains(directory.toString()))
                    .toList();
        }
    }

    private static Optional<String> commandLine(Path process) {
        try {
            return Optional.of(Files.readString(process.resolve("cmdline")).replace('\0', ' '));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
