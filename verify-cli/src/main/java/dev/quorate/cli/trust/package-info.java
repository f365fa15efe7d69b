/**
 * {@code quorate trust …}: makes and maintains {@code trust.json} out of files alone.
 *
 * <p>A version that nobody has signed is a draft and is edited in place. The first edit of a signed version makes the
 * draft of the next one, without signatures; the signed file should be kept, for {@code trust sign --previous} and for
 * those who roll forward from it. The format is that of {@link dev.quorate.trust}.
 */
package dev.quorate.cli.trust;
