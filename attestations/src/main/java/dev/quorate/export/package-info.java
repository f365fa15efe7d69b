/**
 * What a verified kit becomes for tools that read other formats. Nothing here verifies a kit: {@code dev.quorate.verify}
 * does, first.
 *
 * <p><em>Inclusion proofs</em>: for each line its log entry and a C2SP {@code tlog-proof}, and the checkpoint that all of
 * them share. An entry holds a digest, a signature and a key, so its Sigstore bundle, which holds the statement, and the
 * key in PEM lie beside it. A proof of inclusion does not say whose key it is: {@code signers.json} does. A key of one round
 * is a builder's because evidence of its host says so, which is exported like any other line, for whoever judges it again.
 * What such a key said though its evidence was refused is in the log and nobody's word; its files are called so.
 *
 * <pre>
 * {"signers":[{"entry":"0-opening","statement":"https://quorate.dev/round/v1","key":"&lt;base64 SPKI&gt;","certifier":"quorate.example"},
 *             {"entry":"2-commitment","statement":…,"key":…,"builder":"b1"},
 *             {"entry":"3-proof","statement":…,"key":…,"builder":"b2","evidence":"1","assurance":"measured","host":"&lt;hex&gt;","profile":"p"},
 *             {"entry":"4-refused","statement":…,"key":…,"claims":"b3","refusal":"PCR_UNEXPECTED: …"}]}
 * </pre>
 *
 * <p><em>Certificate</em>: the SLSA VSA as a plain DSSE envelope and as a Sigstore bundle.
 *
 * <p><em>in-toto link and layout</em> (in-toto specification 0.9, as Debian's {@code in-toto-verify} and
 * {@code repro-threshold} read it). A builder signs proofs with P-256 keys and no links, so a link here is not a
 * builder's: it is the statement of one functionary who verified the kit under their own trust root and policy, signed
 * with their own Ed25519 key over OLPC canonical JSON of {@code signed}:
 *
 * <pre>
 * {"signatures":[{"keyid":"&lt;hex&gt;","sig":"&lt;hex&gt;"}],
 *  "signed":{"_type":"link","byproducts":{"quorate":"3 of 3 operators agree…"},"command":[],"environment":{},
 *   "materials":{},"name":"quorate-verified","products":{"hello":{"sha256":"&lt;hex&gt;"}}}}
 * </pre>
 *
 * A key's id is the SHA-256 of the canonical JSON of its description, {@code keyid_hash_algorithms} included. The layout
 * has that one step and one inspection, which asks that every file be there and be as the link says; it expires when the
 * certificate becomes stale under the policy.
 */
package dev.quorate.export;
