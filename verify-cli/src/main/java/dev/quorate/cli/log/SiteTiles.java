package dev.quorate.cli.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.TilePath;
import dev.quorate.log.TileReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** A site's tiles. A log that has grown may drop a partial tile, which then is the beginning of the full one. */
record SiteTiles(LogSite site) implements TileReader {
    @Override
    public byte[] read(TilePath path) throws IOException {
        int most = path.level().isPresent() ? TilePath.FULL * Sha256.LENGTH : EntryBundle.MAX_BYTES;
        Optional<byte[]> exact = site.find(path.toString(), most);
        if (exact.isPresent()) {
            return exact.get();
        }
        Optional<byte[]> full = path.isPartial() ? site.find(path.full().toString(), most) : Optional.empty();
        return cut(full.orElseThrow(() -> new FileNotFoundException("it does not serve " + path)), path);
    }

    private static byte[] cut(byte[] full, TilePath path) {
        if (path.level().isPresent()) {
            return Arrays.copyOf(full, Math.min(full.length, path.width() * Sha256.LENGTH));
        }
        try {
            return EntryBundle.write(EntryBundle.read(full, path.full()).subList(0, path.width()));
        } catch (MalformedException e) {
            // Whoever reads it finds the same fault, and says of which tile.
            return full;
        }
    }
}
