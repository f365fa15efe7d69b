/**
 * {@code quorate trust enrol}: a machine proves to a root key holder which TPM it has, by files that are carried, as it
 * would to a coordinator over a network. Both sides are here; they are two machines.
 *
 * <pre>
 * machine  claim      {"builder","endorsement":"&lt;base64 DER&gt;","attestation":"&lt;base64 TPMT_PUBLIC&gt;"}
 * holder   challenge  {"blob":"&lt;base64 TPM2B_ID_OBJECT&gt;","secret":"&lt;base64 TPM2B_ENCRYPTED_SECRET&gt;"}
 *          kept       the claim's members and {"credential":"&lt;base64&gt;"}, for the holder alone
 * machine  answer     {"credential":"&lt;base64&gt;"}
 * holder   record     what {@code quorate agent --enrol} prints, for {@code quorate trust add}
 * </pre>
 *
 * Who gives out the challenge is convinced, and nobody else: the record is worth what its maker is (ADR 16). Whether a
 * known maker stands behind the endorsement certificate is asked when the record is added to a trust root.
 */
package dev.quorate.cli.enrol;
