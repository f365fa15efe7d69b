package dev.quorate.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the demo keeps what: {@code out/} for the reader, {@code cache/} and {@code agents/} for the next run. */
record Workspace(Path directory) {
    private static final List<String> OF_ONE_RUN = List.of("trust", "coordinator", "logs", "rounds", "out");

    /** Makes a clean place, and keeps what an earlier demo downloaded and assembled. */
    void prepare(List<String> agents) throws IOException {
        clear();
        for (String name : List.of("trust", "coordinator", "logs", "rounds", "spec", "cache", "agents")) {
            Files.createDirectories(directory.resolve(name));
        }
        for (String agent : agents) {
            Files.createDirectories(agent(agent));
        }
    }

    /** Removes all that belongs to one run only. */
    void clear() throws IOException {
        for (String name : OF_ONE_RUN) {
            delete(directory.resolve(name));
        }
        for (String name : List.of("client.yaml", "policy.yaml")) {
            Files.deleteIfExists(directory.resolve(name));
        }
        try (Stream<Path> agents = list(directory.resolve("agents"))) {
            for (Path agent : agents.toList()) {
                delete(agent.resolve("rounds"));
            }
        }
    }

    /** Removes what only a reader of this run's insides would want. */
    void keepResultsOnly() throws IOException {
        for (String name : List.of("trust", "coordinator", "logs", "rounds")) {
            delete(directory.resolve(name));
        }
        Files.deleteIfExists(directory.resolve("client.yaml"));
    }

    Path agent(String name) {
        return directory.resolve("agents").resolve(name);
    }

    Path out() {
        return directory.resolve("out");
    }

    Path cache() {
        return directory.resolve("cache");
    }

    Path log(String process) {
        return directory.resolve("logs").resolve(process + ".log");
    }

    void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            tree.sorted(Comparator.reverseOrder()).forEach(Workspace::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }

    private static Stream<Path> list(Path path) throws IOException {
        return Files.isDirectory(path) ? Files.list(path) : Stream.of();
    }
}
