/**
 * Pinned files: where they are kept and how they are had.
 *
 * <p>A {@link dev.quorate.inputs.FileCache} keeps files under their SHA-256,
 *
 * <pre>
 * &lt;cache&gt;/sha256/ab/ab12…          read-only, complete, of that digest
 * &lt;cache&gt;/incoming/….part          being written; never read
 * </pre>
 *
 * <p>A {@link dev.quorate.inputs.Fetcher} asks the cache first and then each {@link dev.quorate.inputs.InputSource} in
 * turn. A source is never trusted: what it puts into the cache is hashed on the way in, and bytes other than the pinned
 * ones are not kept. Packages are found through the machine's own configuration of apt and Maven, so no spec names a
 * mirror.
 */
package dev.quorate.inputs;
