package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Blobs;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pinned files that the coordinator keeps. */
public record CoordinatorSource(Blobs blobs, Patience patience) implements InputSource {
    private static final String PLACE = "the coordinator";

    @Override
    public List<Miss> fetch(List<LockedFile> wanted, FileCache cache) throws IOException, InterruptedException {
        List<Miss> misses = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            LockedFile file = wanted.get(i);
            Optional<BlobStream> blob;
            try {
                blob = BlobStream.open(blobs, file.sha256(), patience);
            } catch (CoordinatorException e) {
                // It is the coordinator that fails, not the file: the other sources are asked for all the rest.
                wanted.subList(i, wanted.size()).forEach(rest -> misses.add(new Miss(rest, PLACE, e.getMessage())));
                return misses;
            }
            if (blob.isEmpty()) {
                misses.add(new Miss(file, PLACE, "it does not have the file"));
            } else {
                take(file, blob.get(), cache).ifPresent(misses::add);
            }
        }
        return misses;
    }

    private static Optional<Miss> take(LockedFile file, BlobStream bytes, FileCache cache) throws IOException {
        try (bytes) {
            cache.put(file, bytes);
            return Optional.empty();
        } catch (WrongBytesException | BrokenOffException e) {
            return Optional.of(new Miss(file, PLACE, e.getMessage()));
        }
    }
}
