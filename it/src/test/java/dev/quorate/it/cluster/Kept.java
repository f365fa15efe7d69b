package dev.quorate.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests leave for the next ones, because it takes long to make and its bytes are checked when it is used. */
public record Kept(Path directory) {
    /** Downloads of all agents. */
    public Path downloads() throws IOException {
        return Files.createDirectories(directory.resolve("cache"));
    }

    /** The root file systems that one agent has assembled. */
    Path roots(String agent) throws IOException {
        return Files.createDirectories(directory.resolve("roots").resolve(agent));
    }
}
