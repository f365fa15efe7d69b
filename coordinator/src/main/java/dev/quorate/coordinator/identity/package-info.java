/**
 * Judges what somebody signed without a key of its own: a Sigstore bundle v0.3 with a certificate of minutes, an entry of
 * a transparency log, and a DSSE envelope, under a {@code trusted_root.json} that the trust root holds. Nothing is
 * fetched, and no clock is read.
 *
 * <p>sigstore-java 2.0.0 follows the certificate to its authority, and checks the certificate log's timestamp, the entry's
 * inclusion, the checkpoint and the log's signed entry timestamp, or a time-stamping token. It also accepts entries of
 * long after the certificate's end, and entries by log keys that had ended, and it takes several spellings for one
 * bundle; so guards stand before and after it (ADR 10), each with a refusal of its own. It is shown no other text than
 * what our own strict reader understood. Whatever it throws is a refusal.
 *
 * <p>A maintainer's bundle is judged when it is submitted. A builder's vouches for a key in the trust root and is judged by
 * {@code quorate trust} and {@code quorate audit}, which find {@link dev.quorate.coordinator.identity.BuilderKeyJudge} as
 * a service: the launcher alone puts this module behind theirs.
 */
package dev.quorate.coordinator.identity;
