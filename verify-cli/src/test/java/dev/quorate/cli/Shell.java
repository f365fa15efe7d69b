package dev.quorate.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Calls the command line in-process, in a directory, at a time. */
public final class Shell {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T12:30:00Z"));

    public Shell(Path directory) {
        this.directory = directory;
    }

    /** What one call said. */
    public record Said(ExitCode code, String out, String err) {
        /** The only line on standard output. */
        public String onlyLine() {
            String[] lines = out.split("\n", -1);
            if (lines.length != 2 || !lines[1].isEmpty()) {
                throw new AssertionError("not one line: " + out);
            }
            return lines[0];
        }
    }

    public Shell at(InstantSource source) {
        clock = source;
        return this;
    }

    public Shell variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    public Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    public Said run(String... words) {
        var out = new ByteArrayOutputStream();
        return run(out, out, words);
    }

    public Said run(OutputStream to, ByteArrayOutputStream out, String... words) {
        var err = new ByteArrayOutputStream();
        var here = new Surroundings(
                new PrintStream(to, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                directory,
                clock,
                Surroundings.Screen.PLAIN);
        ExitCode code = new Main(here).run(words);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
