/**
 * How hosts become known (docs/adr/0005). All of it is {@code POST}:
 *
 * <pre>
 * /v1/enrol/challenge  {"builder","endorsement":"&lt;certificate, DER&gt;","attestation":"&lt;TPMT_PUBLIC&gt;"}
 *                      {"challenge":"…","blob":"…","secret":"…"}     a credential that only that TPM can read
 * /v1/enrol/nonce      {}
 *                      {"nonce"}                                     a builder's, by its client certificate
 * /v1/enrol            {"key":"&lt;SPKI&gt;","envelope"}                evidence for the nonce, by that key
 *                      {"certificate":"&lt;DER&gt;","expires"}           what work is asked for with (docs/adr/0013)
 * /v1/enrol/host       {"challenge","credential"}
 *                      {"builder","host","attestation":"&lt;SPKI&gt;","endorsement"}   what root key holders import
 * </pre>
 *
 * Bytes are base64. A challenge is answered once, within two minutes, right or wrong; a bounded number of
 * them is open, and the oldest gives way. A name that the trust root has is
 * enrolled only with a client certificate of that builder, and another name belongs to the first host that proved itself
 * under it. The same host may come again, and proves itself anew each time. Enrolment gives no right: what counts is what
 * root key holders write into the trust root and sign.
 */
package dev.quorate.coordinator.enrol;
