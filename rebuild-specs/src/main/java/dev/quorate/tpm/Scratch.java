package dev.quorate.tpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory of this user's for the files of a few commands. It goes with them. */
public record Scratch(Path directory) implements AutoCloseable {
    /** Makes it. */
    public Scratch() throws IOException {
        this(Files.createTempDirectory("quorate-tpm"));
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }
}
