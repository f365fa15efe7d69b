/**
 * That a key is a builder's, on the word of the builder's keyless identity: what is signed, and what it is worth.
 *
 * <pre>
 * {"_type":"https://in-toto.io/Statement/v1",
 *  "subject":[{"name":"b1","digest":{"sha256":"&lt;hex SHA-256 of the key's SPKI&gt;"}}],
 *  "predicateType":"https://quorate.dev/builder-key/v1",
 *  "predicate":{"builder":"b1","key":"&lt;base64 SPKI&gt;"}}
 * </pre>
 *
 * The identity signs it in a Sigstore bundle, which root key holders put beside the key (docs/formats.md, 4.5). Judging a
 * bundle needs sigstore-java, which neither this module nor the check of a kit has; so a {@link
 * dev.quorate.identity.VoucherJudge} is found by {@link java.util.ServiceLoader} where one is on the class path.
 */
package dev.quorate.identity;
