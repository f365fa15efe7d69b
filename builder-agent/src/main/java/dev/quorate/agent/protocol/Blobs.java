package dev.quorate.agent.protocol;

import dev.quorate.digest.Sha256;
import java.nio.file.Path;
import java.util.Optional;

/** The coordinator's files by digest. */
public interface Blobs {
    /**
     * Part of a file.
     *
     * @param length most bytes wanted
     * @return fewer bytes only at the end; empty if the store does not have the file
     */
    Optional<byte[]> read(Sha256 digest, long offset, int length) throws CoordinatorException, InterruptedException;

    /** Stores a file, from where an earlier attempt broke off; does nothing if the store has it. */
    void store(Sha256 digest, Path file) throws CoordinatorException, InterruptedException;
}
