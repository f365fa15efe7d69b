/**
 * The coordinator's certification authority: client certificates of some hours for keys that good host evidence names
 * (docs/adr/0005). Nobody but this coordinator relies on them; a verifier looks at the evidence itself.
 *
 * <pre>
 * subject CN=&lt;builder&gt;, issuer CN=&lt;coordinator&gt; builders, extended key usage clientAuth
 * subject alternative names, URIs, percent-encoded:
 *   https://quorate.dev/certificate/v1/builder/&lt;builder&gt;
 *   https://quorate.dev/certificate/v1/operator/&lt;operator&gt;
 *   https://quorate.dev/certificate/v1/zone/&lt;zone&gt;
 *   https://quorate.dev/certificate/v1/host/&lt;SHA-256 of the endorsement key&gt;
 *   https://quorate.dev/certificate/v1/evidence/&lt;SHA-256 of the evidence's envelope&gt;
 * </pre>
 */
package dev.quorate.coordinator.ca;
