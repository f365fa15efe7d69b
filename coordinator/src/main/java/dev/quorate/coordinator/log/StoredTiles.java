package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.TilePath;
import dev.quorate.log.TileReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Tiles and bundles on disk. A partial tile that is gone is cut from the full one that replaced it. */
record StoredTiles(DurableFiles files) implements TileReader {
    @Override
    public byte[] read(TilePath path) throws IOException {
        return find(path).orElseThrow(() -> new FileNotFoundException(path + " is missing"));
    }

    Optional<byte[]> find(TilePath path) throws IOException {
        Optional<byte[]> exact = files.read(path.toString(), EntryBundle.MAX_BYTES);
        if (exact.isPresent() || !path.isPartial()) {
            return exact;
        }
        Optional<byte[]> full = files.read(path.full().toString(), EntryBundle.MAX_BYTES);
        return full.isPresent() ? Optional.of(cut(full.get(), path)) : full;
    }

    private static byte[] cut(byte[] full, TilePath path) throws IOException {
        if (path.level().isPresent()) {
            return Arrays.copyOf(full, path.width() * Sha256.LENGTH);
        }
        try {
            return EntryBundle.write(EntryBundle.read(full, path.full()).subList(0, path.width()));
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
