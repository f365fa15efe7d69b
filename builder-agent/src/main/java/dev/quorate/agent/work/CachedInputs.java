package dev.quorate.agent.work;

import dev.quorate.agent.build.PinnedFiles;
import dev.quorate.digest.Sha256;
import dev.quorate.inputs.Fetcher;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputUnavailableException;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Inputs out of a cache that a fetcher fills. */
public record CachedInputs(FileCache cache, Fetcher fetcher) implements Inputs {
    @Override
    public PinnedFiles gather(RebuildSpec spec) throws InputUnavailableException, IOException, InterruptedException {
        List<LockedFile> files = spec.locked().orElse(List.of());
        for (LockedFile file : files) {
            // Takes out of the way what has rotted, so that it is fetched again and not built from.
            cache.verify(file.sha256());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        fetcher.fetchAll(files);
        return this::present;
    }

    private Path present(Sha256 digest) {
        return cache.find(digest)
                .orElseThrow(() -> new IllegalStateException("an input was removed from the cache: " + digest));
    }
}
