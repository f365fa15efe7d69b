package dev.quorate.log;

import java.io.IOException;

/** Where tiles come from: a directory, or a log's web site. What it gives is not believed before a proof holds. */
@FunctionalInterface
public interface TileReader {
    /**
     * The bytes of one tile or bundle.
     *
     * @throws IOException if it cannot be read, or is not there
     */
    byte[] read(TilePath path) throws IOException;
}
