package dev.quorate.inputs.apt;

import dev.quorate.digest.Sha256;
import dev.quorate.spec.RelativePath;

/**
 * One file as the archive's signed index names it.
 *
 * @param uri where the mirror has it
 * @param size bytes
 */
public record ArchiveFile(RelativePath name, String uri, long size, Sha256 sha256) {}
