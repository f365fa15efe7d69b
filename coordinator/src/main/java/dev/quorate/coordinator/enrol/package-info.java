/**
 * How hosts become known, and get their certificates (docs/adr/0005). All of it is {@code POST}:
 *
 * <pre>
 * /v1/enrol/challenge  {"builder","endorsement":"&lt;certificate, DER&gt;","attestation":"&lt;TPMT_PUBLIC&gt;"}
 *                      {"challenge":"…","blob":"…","secret":"…"}     a credential that only that TPM can read
 * /v1/enrol/host       {"challenge","credential"}
 *                      {"builder","host","attestation":"&lt;SPKI&gt;","endorsement"}   what root key holders import
 * /v1/enrol/nonce      {"builder"}                     {"nonce":"…"}
 * /v1/enrol            {"nonce","envelope":{…}}        {"certificate":"&lt;DER&gt;"}
 * </pre>
 *
 * Bytes are base64. A challenge and a nonce are answered once, within two minutes, right or wrong; a bounded number of
 * them is open, and the oldest gives way. A builder's name belongs to the hosts that the trust root gives it, else to its
 * keys there, else to the first host that proved itself: another host is refused until root key holders decide
 * otherwise, and the same host proves itself anew each time.
 */
package dev.quorate.coordinator.enrol;
