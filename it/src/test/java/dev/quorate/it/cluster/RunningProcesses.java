package dev.quorate.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes that a test started by name in one directory, where each has its log. */
public final class RunningProcesses implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 600;

    /** Something that comes true. */
    public interface Condition {
        boolean holds();
    }

    private final Path directory;
    private final Map<String, Process> running = new LinkedHashMap<>();

    public RunningProcesses(Path directory) {
        this.directory = directory;
    }

    /** Starts one with a new log. */
    public void start(String name, ProcessBuilder command) throws IOException {
        Files.deleteIfExists(log(name));
        running.put(
                name,
                command.directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log(name).toFile())
                        .start());
    }

    /** Stops one. */
    public void stop(String name) throws InterruptedException {
        Process process = running.remove(name);
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Ends one without a warning. */
    public void kill(String name) throws InterruptedException {
        running.remove(name).destroyForcibly().waitFor();
    }

    /** Waits for something that one must live to bring about. */
    public void await(String name, String what, Condition condition) throws InterruptedException {
        Process process = running.get(name);
        for (int tenths = 0; tenths < 10 * PATIENCE_SECONDS; tenths++) {
            if (condition.holds()) {
                return;
            } else if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " ended: " + logged(name));
            }
        }
        throw new AssertionError(name + " has not " + what + ": " + logged(name));
    }

    /** Waits until one has logged these words. */
    public void awaitLogged(String name, String words) throws InterruptedException {
        await(name, "said " + words, () -> logged(name).contains(words));
    }

    /** What one has logged. */
    public String logged(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException e) {
            return "";
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    @Override
    public void close() {
        try {
            for (String name : List.copyOf(running.keySet())) {
                stop(name);
            }
        } catch (InterruptedException e) {
            running.values().forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
