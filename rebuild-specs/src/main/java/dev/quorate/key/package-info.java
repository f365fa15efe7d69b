/**
 * Private P-256 keys, wherever they live, behind {@link dev.quorate.key.OpenKey}. Wherever a key is named, in a
 * configuration's {@code key:} as after {@code --key}, a {@link dev.quorate.key.KeyReference} says where it is:
 *
 * <pre>
 * keys/root1.pem                                 a file: PKCS#8 in PEM (RFC 5958, RFC 7468), readable by its owner alone
 * pkcs11:token=quorate;object=root1?module-path=/usr/lib/softhsm/libsofthsm2.so&amp;pin-source=file:/etc/quorate/pin
 *                                                a token: a PKCS#11 URI (RFC 7512) with exactly these four attributes,
 *                                                each of them required, and type=private if one likes
 * tpm:keys/root1.tpm                             a key that a TPM signs with while PCRs have the values it was made at
 * </pre>
 *
 * A path is relative to where the reference was read. A PIN is never part of a reference: {@code pin-source} names a file
 * whose first line it is, and {@code pin-value} is refused.
 *
 * <p><b>Tokens</b> are used through the JDK's own SunPKCS11. It finds a private key by the certificate that stands beside
 * it, with the same label and id, so a key needs one; the certificate's public key is all that is read from it. SunPKCS11
 * has no Ed25519, so a log's key cannot be on a token.
 *
 * <p><b>A TPM's key file</b> holds nothing that is secret without that TPM. It is strict canonical JSON:
 *
 * <pre>
 * {"format":"quorate/tpm-key/v1",
 *  "key":"&lt;base64 SubjectPublicKeyInfo&gt;",
 *  "pcrs":[7,16],                         of the SHA-256 bank
 *  "private":"&lt;base64 TPM2B_PRIVATE&gt;",
 *  "public":"&lt;base64 TPM2B_PUBLIC&gt;",     ECDSA with SHA-256; policy PolicyPCR; no use by a password
 *  "tcti":"device:/dev/tpmrm0"}           how tpm2-tools reach the TPM
 * </pre>
 *
 * Its parent is the owner hierarchy's default P-256 storage key, which the TPM makes again from its seed.
 */
package dev.quorate.key;
