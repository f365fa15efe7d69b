/**
 * Host evidence: that a key lives on a machine whose state was measured, and the one function that judges it.
 *
 * <p>The statement is a SCAI v0.3 attribute report (in-toto/attestation, spec/predicates/scai.md), signed with the key
 * that it vouches for:
 *
 * <pre>
 * {"_type":"https://in-toto.io/Statement/v1",
 *  "subject":[{"name":"key","digest":{"sha256":"&lt;id of the key&gt;"}}],
 *  "predicateType":"https://in-toto.io/attestation/scai/v0.3",
 *  "predicate":{"attributes":[{
 *     "attribute":"QUORATE_HOST_TPM2",
 *     "conditions":{"builder":"b1","round":"r-…","opening":"&lt;hex&gt;","key":"&lt;base64 SPKI&gt;"},
 *     "evidence":{"name":"tpm2","mediaType":"application/vnd.quorate.host.tpm2+json","content":"&lt;base64 of the report&gt;"}}],
 *   "producer":{"uri":"https://quorate.dev/builder/b1"}}}
 * </pre>
 *
 * The machine signs the <em>binding</em>: SHA-256 over the canonical JSON of {@code "type":"quorate/host/v1"} and the
 * conditions, as a quote's qualifying data (TPM 2.0 Library, part 2, TPMS_ATTEST). The opening is a fresh random value that everybody can see in the log, so a quote over it
 * is younger than the round, and nobody has to believe a nonce. At enrolment the conditions hold the coordinator's
 * {@code nonce} in place of round and opening.
 *
 * <p>A TPM's report, strict: {@code {"ak","quote","signature","pcrs":[{"pcr","value"}],"eventLogs":[…],"ima"}}, the last two if there are
 * any. An AMD processor's (SEV-SNP), strict too: {@code {"report","certificates":[…]}}, the certificates from the VCEK up
 * to below the maker's root; the binding and 32 zeros are its REPORT_DATA. Binary values are base64 in the formats of their
 * makers.
 *
 * <p>A key of a certifier or root key holder shows once, for all its signatures, that a TPM keeps it and signs with it in
 * one state alone: its public area, TPM2_Certify of that by an attestation key, and the values that its policy is made of,
 * beside the key in the trust root. {@link dev.quorate.host.SealJudge} judges it (docs/formats.md, 4.4).
 */
package dev.quorate.host;
