package dev.quorate.agent.image;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies below a directory, whoever owns it and whenever it was written. */
final class FileTree {
    private FileTree() {}

    /**
     * The digest of a line for each file and link, in the order of their paths: {@code <sha256> x <path>} or
     * {@code <sha256> - <path>} for a file that may or may not be executed by its owner, {@code -> <target> <path>} for a
     * link. Empty directories are nothing.
     */
    static Sha256 digest(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> files = all.filter(path -> Files.isSymbolicLink(path) || !Files.isDirectory(path))
                    .sorted(Comparator.comparing(path -> name(directory, path)))
                    .toList();
            String lines = files.stream()
                    .map(file -> said(file) + " " + name(directory, file) + "\n")
                    .collect(Collectors.joining());
            return Sha256.of(lines.getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String name(Path directory, Path file) {
        return directory.relativize(file).toString();
    }

    private static String said(Path file) {
        try {
            return Files.isSymbolicLink(file)
                    ? "-> " + Files.readSymbolicLink(file)
                    : Sha256.of(Files.readAllBytes(file)).hex() + (Files.isExecutable(file) ? " x" : " -");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
