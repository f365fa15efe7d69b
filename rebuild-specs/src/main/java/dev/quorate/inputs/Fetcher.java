package dev.quorate.inputs;

import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Gets pinned files. */
public interface Fetcher {
    /**
     * Makes sure that all the files are in the cache. One call for many is much faster than many calls.
     *
     * @throws InputUnavailableException for the first file that cannot be had
     */
    void fetchAll(Collection<LockedFile> files) throws InputUnavailableException, IOException, InterruptedException;

    /**
     * The pinned file, out of the cache.
     *
     * @throws InputUnavailableException if no place has it
     */
    Path fetch(LockedFile file) throws InputUnavailableException, IOException, InterruptedException;

    /** Looks into the cache first, then asks the sources in turn for what is missing. */
    static Fetcher of(FileCache cache, List<InputSource> sources) {
        return new SourcesInTurn(cache, List.copyOf(sources));
    }
}
