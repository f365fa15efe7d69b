/**
 * Debian packages through the machine's own apt, for any suite and without touching the machine's state.
 *
 * <p>A private apt state lies in a directory of ours. Its configuration is what {@code apt-config dump} says on this
 * machine, so proxies and credentials hold, less hooks and preferences. Its sources are the machine's mirrors with the
 * suites of the spec: the mirror that serves {@code trixie} and {@code trixie-updates} here is asked for
 * {@code bookworm} and {@code bookworm-updates}, and the one that serves {@code trixie-security} for
 * {@code bookworm-security}. Both forms of sources.list(5) are read. A spec never names a mirror.
 *
 * <p>apt verifies the archive's signatures, reads its indices and transports the files; the indices name each file's
 * SHA-256, which the cache checks again.
 */
package dev.quorate.inputs.apt;
