package dev.quorate.cli.log;

import java.io.IOException;
import java.util.Optional;

/** Where a log's files are read; whatever they hold is believed in nothing. */
interface LogSite extends AutoCloseable {
    /** What messages call it, safe to print. */
    String name();

    /**
     * The bytes of a file, or nothing if it is not there.
     *
     * @param path {@code checkpoint}, or a tile's
     * @param most bytes it may have
     * @throws IOException if that cannot be found out, or it is longer
     */
    Optional<byte[]> find(String path, int most) throws IOException;

    @Override
    void close();
}
