package dev.quorate.inputs;

import dev.quorate.digest.Sha256;
import java.nio.file.Path;

/**
 * A file that is in the cache.
 *
 * @param path where it lies; read-only
 * @param size bytes
 * @param sha256 what it was hashed to while it was stored
 */
public record StoredFile(Path path, long size, Sha256 sha256) {}
