package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How much disk a running build uses: what lies in its directory, and what it deleted but keeps open. */
final class DiskUse {
    private static final long SLOWEST_SECONDS = 120;

    private DiskUse() {}

    /** Bytes on disk below a directory. {@code du} copes with trees that are deeper than any path is long. */
    static long below(Path directory) throws IOException, InterruptedException {
        Process du = Spawner.start(new ProcessBuilder("du", "-skx", "--", directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        try {
            String line = new String(du.getInputStream().readNBytes(1024), StandardCharsets.UTF_8);
            if (!du.waitFor(SLOWEST_SECONDS, TimeUnit.SECONDS) || line.isEmpty()) {
                throw new IOException("du could not measure " + directory);
            }
            return Long.parseLong(line.substring(0, line.indexOf('\t'))) << 10;
        } finally {
            du.destroyForcibly();
        }
    }

    /** Bytes of deleted files on the directory's file system that these processes still hold. */
    static long heldOpen(List<Long> processes, Path directory) throws IOException {
        Object device = Files.getAttribute(directory, "unix:dev");
        Set<Object> seen = new HashSet<>();
        long total = 0;
        for (long process : processes) {
            try (Stream<Path> open = Files.list(Path.of("/proc/" + process + "/fd"))) {
                for (Path file : (Iterable<Path>) open::iterator) {
                    total += deletedSize(file, device, seen);
                }
            } catch (IOException | UncheckedIOException e) {
                // The process ended, or is not ours to look into: the free-space floor covers that.
                continue;
            }
        }
        return total;
    }

    private static long deletedSize(Path open, Object device, Set<Object> seen) {
        try {
            if (!Files.readSymbolicLink(open).toString().endsWith(" (deleted)")) {
                return 0;
            }
            Map<String, Object> file = Files.readAttributes(open, "unix:dev,ino,nlink,size");
            boolean counts = file.get("dev").equals(device) && file.get("nlink").equals(0) && seen.add(file.get("ino"));
            return counts ? (Long) file.get("size") : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
