/**
 * Making the lock: a spec as its maintainer wrote it becomes a spec with every input pinned.
 *
 * <p>The environment is the closure, solved by apt over an empty system, of Debian's essential packages,
 * {@code build-essential}, {@code fakeroot}, the source's build dependencies and the packages that the spec names, with
 * no recommendations. A Maven repository is what one trial build asked for. Every pinned file is in the cache
 * afterwards, and the order is by role and path, so that the same archive gives the same lock.
 */
package dev.quorate.lock;
