package dev.quorate.coordinator.log;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Puts whole files in place so that a crash leaves the old one or the new one. Not for several threads. */
final class AtomicWrites {
    private final DurableFiles files;
    private final Set<String> directories = new HashSet<>(Set.of(""));

    AtomicWrites(DurableFiles files) {
        this.files = files;
    }

    void replace(String path, byte[] bytes) throws IOException {
        String directory = parent(path);
        makeDurable(directory);
        String aside = path + ".tmp";
        files.write(aside, bytes);
        files.rename(aside, path);
        files.syncDirectory(directory);
    }

    private void makeDurable(String directory) throws IOException {
        if (!directories.contains(directory)) {
            makeDurable(parent(directory));
            files.createDirectory(directory);
            files.syncDirectory(parent(directory));
            directories.add(directory);
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
