/**
 * Credential activation (TPM 2.0 Library, Part 1, section 24): proves to whoever asks that an attestation key lives in the
 * TPM of an endorsement certificate. Pure: no TPM and no clock; randomness is an argument.
 *
 * <pre>
 * seed       32 random bytes
 * secret     2-byte length, RSA-OAEP(endorsement key, seed; SHA-256, label "IDENTITY\0")
 * identity   AES-128-CFB(KDFa(seed, "STORAGE", name, 128), iv 0, 2-byte length and the credential)
 * blob       2-byte length, 2-byte length and HMAC-SHA256(KDFa(seed, "INTEGRITY", "", 256), identity and name), identity
 * name       000b, SHA-256 of the attestation key's TPMT_PUBLIC
 * </pre>
 *
 * Only the TPM that holds the endorsement key can read the credential, and it does so only for a key of that name that it
 * holds itself. What the key may be used for stands in its public area, so that area is read strictly: P-256 with ECDSA
 * and SHA-256, made in this TPM, never to leave it, and restricted to signing what the TPM itself has made.
 */
package dev.quorate.host.credential;
