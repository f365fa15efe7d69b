package dev.quorate.verify;

import dev.quorate.digest.Sha256;

/**
 * A file somebody wants to use.
 *
 * @param name as its user calls it; matched by digest alone
 */
public record Artifact(String name, Sha256 sha256) {}
