package dev.quorate.tally;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;

/**
 * A statement whose signature and place in the log were verified.
 *
 * @param signedBy the key that signed it
 * @param index where the log holds it
 * @param digest of its envelope
 */
public record Logged<T>(T value, P256Key signedBy, long index, Sha256 digest) {}
