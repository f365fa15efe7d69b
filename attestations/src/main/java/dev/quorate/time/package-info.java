/**
 * RFC 3161 time: the answer of a time-stamping authority over a DSSE signature, as a Sigstore bundle carries it in
 * {@code timestampVerificationData.rfc3161Timestamps[].signedTimestamp}.
 *
 * <p>Form: DER of a {@code TimeStampResp} (RFC 3161, 2.4.2) whose status is {@code granted} and nothing else, with a
 * token (CMS {@code SignedData} of version 3, RFC 5652) of one signer and without unsigned attributes and revocation
 * lists. Certificates may be left out; those that are there must be the authority's. All this is so strict because
 * none of it is signed: what may vary without meaning anything is refused.
 *
 * <p>Only this package knows Bouncy Castle, whose classes are loaded when the first token is looked at; signatures are
 * the JDK's.
 */
package dev.quorate.time;
