/**
 * The kit, {@code <artifact>.sigstore.jsonl}: all that an offline check needs, one Sigstore bundle v0.3 a line
 * (sigstore/protobuf-specs, {@code sigstore_bundle.proto}), each line canonical JSON and ended by a newline.
 *
 * <p>The lines are the round's opening, all evidence of hosts, the notices of hosts that were lost, every commitment,
 * every proof and, last, the certificate. Each is a DSSE
 * envelope with a P-256 key hint and one entry of the log, proven under one checkpoint that all lines share:
 *
 * <pre>
 * {"dsseEnvelope":{…},
 *  "mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",
 *  "verificationMaterial":{
 *   "publicKey":{"hint":"&lt;base64 SHA-256 of SPKI&gt;"},
 *   "timestampVerificationData":{"rfc3161Timestamps":[{"signedTimestamp":"…"}]},
 *   "tlogEntries":[{"canonicalizedBody":"…","inclusionProof":{"checkpoint":{"envelope":"…"},"hashes":["…"],
 *     "logIndex":"5","rootHash":"…","treeSize":"11"},"integratedTime":"0","kindVersion":{"kind":"hashedrekord",
 *     "version":"0.0.2"},"logId":{"keyId":"…"},"logIndex":"5"}]}}
 * </pre>
 */
package dev.quorate.kit;
