/**
 * The coordinator as a maintainer's command line meets it: HTTPS on TLS 1.3 to a pinned certificate.
 *
 * <p>The client's configuration is YAML, found by {@code --config}, {@code $QUORATE_CONFIG},
 * {@code $XDG_CONFIG_HOME/quorate/client.yaml} or {@code ~/.config/quorate/client.yaml}, never in the working directory,
 * where a stranger's checkout could have put it. Relative paths begin where the file lies.
 *
 * <pre>
 * coordinator: https://quorate.example:8443
 * coordinatorCertificate: coordinator.pem    # exactly this certificate is accepted
 * key: maintainer.pem                        # only `submit` needs it; a file, pkcs11:… or tpm:…
 * </pre>
 */
package dev.quorate.cli.coordinator;
