package dev.quorate.inputs;

import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The cache, then each source. */
record SourcesInTurn(FileCache cache, List<InputSource> sources) implements Fetcher {
    @Override
    public void fetchAll(Collection<LockedFile> files)
            throws InputUnavailableException, IOException, InterruptedException {
        List<LockedFile> missing = missing(files);
        if (!missing.isEmpty()) {
            // Before the disk is filled further; a process that died while storing leaves its part behind.
            cache.sweep(Instant.now());
        }
        List<InputSource.Miss> misses = new ArrayList<>();
        for (InputSource source : sources) {
            if (missing.isEmpty()) {
                return;
            }
            misses.addAll(source.fetch(missing, cache));
            missing = missing(missing);
        }
        if (!missing.isEmpty()) {
            LockedFile first = missing.getFirst();
            throw new InputUnavailableException(
                    first,
                    misses.stream().filter(miss -> miss.file().equals(first)).toList());
        }
    }

    @Override
    public Path fetch(LockedFile file) throws InputUnavailableException, IOException, InterruptedException {
        fetchAll(List.of(file));
        return cache.find(file.sha256())
                .orElseThrow(() -> new IOException("the cache lost " + file.sha256() + " while it was being read"));
    }

    private List<LockedFile> missing(Collection<LockedFile> files) {
        return files.stream()
                .filter(file -> cache.find(file.sha256()).isEmpty())
                .toList();
    }
}
