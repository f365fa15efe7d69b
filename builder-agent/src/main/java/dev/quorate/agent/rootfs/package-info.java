/**
 * The root file system of a build: made of exactly the environment files that a spec's lock names, by mmdebstrap, from a
 * private repository that holds nothing else, without a network.
 *
 * <p>The repository is flat: each file under its digest, and a {@code Packages} index of their control stanzas with
 * {@code Filename}, {@code Size} and {@code SHA256}, so that apt checks each digest once more. All packages are installed
 * in one step ({@code --variant=custom}), each by name and version. A finished root is kept under the closure digest:
 * SHA-256 over the canonical JSON of the environment part of the lock.
 *
 * <p>Sources: deb(5), deb-control(5), sources.list(5), mmdebstrap(1).
 */
package dev.quorate.agent.rootfs;
