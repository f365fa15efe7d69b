/**
 * The coordinator's process: {@code coordinator --config FILE [--dir DIR]} serves until SIGTERM, {@code --init} only makes
 * the keys and prints what belongs into the trust root:
 *
 * <pre>
 * {"certifier":"&lt;base64 SPKI&gt;","log":"&lt;note verifier key&gt;","tls":"&lt;path of the certificate&gt;"}
 * </pre>
 *
 * Exit codes: 0 after a drained SIGTERM or {@code --init}, 2 for usage and configuration, 70 for anything else.
 */
package dev.quorate.coordinator;
