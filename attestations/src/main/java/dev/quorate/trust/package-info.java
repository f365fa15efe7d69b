/**
 * The trust root, {@code trust.json}: who may vote, who may sign certificates, which logs and witnesses count.
 *
 * <pre>
 * {"trust":{"format":"quorate/trust/v1","version":1,"expires":"2027-11-23T00:00:00Z",
 *   "root":{"threshold":2,"keys":[{"name":"alice","key":"&lt;base64 SPKI&gt;"}, …]},
 *   "builders":[{"id":"b1","operator":"acme","zone":"eu-1","cpuVendor":"intel","keys":[{"key":"…","from":"…","until":"…"}]}],
 *   "certifiers":[{"id":"quorate.example","keys":[{"key":"…","from":"…"}]}],
 *   "maintainers":[{"id":"jane","keys":[…]}],
 *   "logs":["&lt;note verifier key&gt;"],"witnesses":["&lt;note verifier key&gt;"],
 *   "revocations":[{"kind":"key","id":"&lt;sha256 hex of SPKI&gt;","since":"…","reason":"…"}],
 *   "timeAuthorities":[{"id":"tsa.example","certificates":["&lt;base64 DER&gt;", …],"from":"…","until":"…"}]},
 *  "signatures":[{"key":"&lt;base64 SHA-256 of SPKI&gt;","sig":"&lt;base64 DER&gt;"}]}
 * </pre>
 *
 * A root key, or a certifier's, may have a {@code seal} beside it, which shows that a TPM keeps it; {@code keyHosts} are
 * the machines of such keys (docs/formats.md, 4.4). A builder's key may have a {@code voucher}, by one of the builder's
 * {@code identities} (4.5).
 *
 * <p>A root key signs the DSSE pre-authentication encoding of the in-toto statement whose predicate is the value of
 * {@code trust}, so that each signature is also a Sigstore bundle of its own. A version counts if as many of its own
 * root keys as its threshold says have signed it, and, when it follows another, as many of that one's too.
 */
package dev.quorate.trust;
