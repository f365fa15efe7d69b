/**
 * Who used a key, and what a key or a machine ever vouched for: {@code quorate audit}. Everything is read from a public
 * log and from kits, and nobody is believed:
 *
 * <pre>
 * log     all of it: the head is signed by a log of the user's trust root, and every entry is hashed again
 * use     an entry of the log by the key, whose signature is the key's over the digest that the entry holds
 * body    a line of a kit, if its envelope is that entry's: same digest, and a good signature by the entry's key
 * who     whose the key is in the user's trust root, or in a later version that the kits carry and root keys signed; or, for
 *         a key that no version names, the builder for whom accepted evidence of a host vouches for it
 * machine the host of evidence by that key for that round, if {@link dev.quorate.host.HostJudge} accepts it; of a certifier
 *         or root key holder the host that the key is sealed to, if {@link dev.quorate.host.SealJudge} accepts what the
 *         trust root has beside it; else none
 * state   the profile that it met and, for a TPM, the SHA-256 over its PCR values, quoted or sealed to, in the order of their numbers
 * </pre>
 *
 * The log holds digests and keys only, so it alone says how often a key was used and when, by index; what for is in the
 * kits. A use that no given kit has the body of is listed as {@code unknown}: it cannot be left out. Times are what the
 * signer said; the index is the order that the log vouches for.
 */
package dev.quorate.cli.audit;
