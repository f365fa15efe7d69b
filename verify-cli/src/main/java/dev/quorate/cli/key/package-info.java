/**
 * Keys in files. A private key is PKCS#8 in PEM (RFC 7468), mode 0600; a public key is SubjectPublicKeyInfo in PEM, or
 * its base64 on one line:
 *
 * <pre>
 * -----BEGIN PRIVATE KEY-----
 * MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCD…
 * -----END PRIVATE KEY-----
 * </pre>
 */
package dev.quorate.cli.key;
