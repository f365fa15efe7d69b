/** Digests as values that cannot be wrong. */
package dev.quorate.digest;
