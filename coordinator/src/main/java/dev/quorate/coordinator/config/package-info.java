/**
 * What an operator writes down for one coordinator, YAML; relative paths start at the file's own directory.
 *
 * <pre>
 * listen: 127.0.0.1:8443
 * dir: data                    # everything this process keeps; --dir overrides it
 * name: quorate.example        # bare host name: certifier in the trust root and origin of the log
 * trust: trust.json
 * policy: policy.yaml
 * builders: 3                  # how many each round enrols
 * key: certifier.pem           # optional: a file, pkcs11:… or tpm:… (dev.quorate.key); else made once as &lt;dir&gt;/certifier.pem
 * tls: {certificate: tls.pem, key: tls.key}   # optional: else self-signed and made once in &lt;dir&gt;
 * lease: 30s                   # optional, these are the defaults
 * commitWithin: 2h
 * revealWithin: 10m
 * witnesses:                   # optional: who cosigns the log's checkpoints
 *   - {url: "https://witness.example/", key: "&lt;note verifier key&gt;"}
 * makers: makers.pem           # optional: whose TPMs may enrol
 * hostCertificates: 4h         # optional: how long a host that has shown its state is admitted; it renews at half of that
 * timeAuthority: {url: "http://tsa.example/"}   # optional: who stamps certificates (RFC 3161)
 * </pre>
 *
 * A name that is not listed here stops the start and is named with its line.
 */
package dev.quorate.coordinator.config;
