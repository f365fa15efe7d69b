package dev.quorate.cli.demo;

import dev.quorate.cli.RefusedException;
import dev.quorate.json.Printable;
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
    private static final String MARK = ".quorate-demo";

    /** What demos left before there was a mark. */
    private static final String EARLIER_MARK = "spec/original.yaml";

    /**
     * Makes a clean place, and keeps what an earlier demo downloaded and assembled.
     *
     * @throws RefusedException if the place has something that no demo put there
     */
    void prepare(List<String> agents) throws RefusedException, IOException {
        requireOwn();
        Files.createDirectories(directory);
        Files.write(directory.resolve(MARK), new byte[0]);
        clear();
        for (String name : List.of("trust", "coordinator", "logs", "rounds", "spec", "cache", "agents")) {
            Files.createDirectories(directory.resolve(name));
        }
        for (String agent : agents) {
            Files.createDirectories(agent(agent));
        }
    }

    /** An operator's own directory has a trust and a coordinator below it, too, and a demo begins by removing those. */
    private void requireOwn() throws RefusedException, IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new RefusedException(
                    "demo: " + Printable.of(directory.toString()) + " is not a directory; name another with --dir");
        }
        boolean own = Files.exists(directory.resolve(MARK)) || Files.exists(directory.resolve(EARLIER_MARK));
        try (Stream<Path> entries = Files.list(directory)) {
            if (!own && entries.findAny().isPresent()) {
                throw new RefusedException("demo: " + Printable.of(directory.toString())
                        + " has files that no demo made, which a demo might remove; name a new directory with --dir");
            }
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
