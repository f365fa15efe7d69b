/**
 * The certificate: a SLSA Verification Summary Attestation v1 (slsa.dev/spec/v1.2/verification_summary) over the output
 * files of the quorum, or over the spec where there is none.
 *
 * <p>{@code verificationResult} is {@code PASSED} for {@code CERTIFIED} and {@code FAILED} for any other verdict;
 * {@code verifiedLevels} of a passed one are {@code SLSA_BUILD_REPRODUCED} and
 * {@code QUORATE_REPRODUCED_<agreeing operators>_OF_<enrolled builders>}; {@code inputAttestations} names every proof of
 * the round by the SHA-256 of its envelope's pre-authentication encoding, so that none can be left out of a kit unseen;
 * {@code quorate_round}, {@code quorate_spec} and {@code quorate_verdict} say what was tallied.
 */
package dev.quorate.certificate;
