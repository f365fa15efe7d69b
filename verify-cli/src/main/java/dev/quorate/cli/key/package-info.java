/**
 * Keys as a user names them. A private key is wherever a {@link dev.quorate.key.KeyReference} says: a file, a PKCS#11
 * token or a TPM; {@link dev.quorate.key} has the forms. A public key is SubjectPublicKeyInfo in PEM, or its base64 on
 * one line:
 *
 * <pre>
 * -----BEGIN PUBLIC KEY-----
 * MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…
 * -----END PUBLIC KEY-----
 * </pre>
 */
package dev.quorate.cli.key;
