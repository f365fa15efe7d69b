/**
 * Who this agent is, and whom it speaks with.
 *
 * <p>{@code builder.key} is the builder's P-256 signing key in PKCS#8 PEM (RFC 5958, RFC 7468), readable by its owner
 * only; its public half stands in the trust root. It never leaves the machine and never speaks TLS: each connection uses
 * a fresh TLS key with a certificate of a few hours that the signing key signed,
 *
 * <pre>
 * subject CN=&lt;builder&gt;, issuer CN=&lt;builder&gt; signing key, extended key usage clientAuth, ecdsa-with-SHA256
 * </pre>
 *
 * The coordinator's certificate is pinned: the file holds one certificate or several, in PEM, and the one that the
 * coordinator shows must be among them, byte for byte. A pinned certificate that names hosts is also checked against the
 * host that was asked for.
 */
package dev.quorate.agent.identity;
