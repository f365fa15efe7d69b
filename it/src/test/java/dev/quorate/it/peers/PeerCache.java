package dev.quorate.it.peers;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where unpacked tools stay between runs; each entry appears complete or not at all. */
public final class PeerCache {
    private PeerCache() {}

    /** Fills a new directory. */
    interface Filling {
        void fill(Path directory) throws IOException, InterruptedException;
    }

    /**
     * The entry of that name, filled now if it is not there.
     *
     * @throws IOException if it cannot be filled
     */
    static Path entry(String name, Filling filling) throws IOException, InterruptedException {
        Path entry = home().resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        Files.createDirectories(home());
        Path part = Files.createTempDirectory(home(), ".part");
        try {
            filling.fill(part);
            Files.move(part, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another run was faster; what it made is the same.
            return entry;
        } finally {
            delete(part);
        }
        return entry;
    }

    private static void delete(Path part) throws IOException {
        if (!Files.exists(part)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(part)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Path home() {
        String cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(text -> !text.isEmpty())
                .orElse(System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "quorate", "peers").toAbsolutePath();
    }

    /** Ends a test whose tool is missing: skipped here, failed in CI. */
    static <T> T missing(String tool, Exception reason) {
        String message = "THIS TEST DOES NOT RUN HERE: " + tool + " cannot be had: " + reason.getMessage();
        return "true".equals(System.getenv("CI")) ? fail(message, reason) : abort(message);
    }
}
