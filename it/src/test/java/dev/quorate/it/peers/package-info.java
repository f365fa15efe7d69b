/**
 * Tools that others wrote, over what we write: whoever does not want our verifier has to get by with theirs.
 *
 * <p>Each tool is unpacked, not installed, into {@code $XDG_CACHE_HOME/quorate/peers} (or {@code ~/.cache/…}), and runs
 * without a network. Where one cannot be had, its tests are skipped and say so; with {@code CI=true} they fail.
 */
package dev.quorate.it.peers;
