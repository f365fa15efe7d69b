package dev.quorate.coordinator.blob;

import java.nio.file.Path;

/**
 * A complete blob.
 *
 * @param size bytes
 */
public record StoredBlob(Path file, long size) {}
