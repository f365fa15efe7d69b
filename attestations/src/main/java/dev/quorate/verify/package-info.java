/**
 * The offline check. It recomputes everything from the kit's signed statements under the user's trust root and policy,
 * and believes nobody's summary. The steps, each with its refusal:
 *
 * <ol>
 *   <li>The trust root is signed by its own root keys ({@code TRUST_NOT_SIGNED}) and has not expired
 *       ({@code TRUST_EXPIRED}).
 *   <li>The kit has its form ({@code KIT_MALFORMED}).
 *   <li>Later versions of the trust root that the kit carries follow the user's own, each signed by the root keys of the
 *       version before it and by its own; the last that does is used from here on, and must not have expired
 *       ({@code TRUST_EXPIRED}). What does not follow is left aside.
 *   <li>Each line whose hint names a key of a builder or certifier is signed by it ({@code SIGNATURE_INVALID}); lines of
 *       unknown keys are left out, unless a line of the kit is host evidence by that key for a builder of the trust root.
 *   <li>Each of these lines is in a log that the trust root names ({@code LOG_UNKNOWN}): its leaf is rebuilt from the
 *       envelope ({@code LOG_ENTRY_MISMATCH}), the checkpoint is the log's and witnessed as the policy asks
 *       ({@code LOG_CHECKPOINT_INVALID}, {@code WITNESSES_TOO_FEW}), the leaf is under it
 *       ({@code LOG_INCLUSION_INVALID}), and all lines share one head ({@code LOG_HEADS_DIFFER}).
 *   <li>Each statement has its form and is signed by the key of whom it names ({@code STATEMENT_MALFORMED},
 *       {@code SIGNER_MISMATCH}). What a certifier says of a changed host is of no round; it explains a missing vote to the
 *       tally, and decides nothing.
 *   <li>There is one opening ({@code ROUND_MISSING}, {@code ROUND_AMBIGUOUS}) by a certifier, and every line is of that
 *       round and spec ({@code ROUND_MISMATCH}).
 *   <li>The certificate is by a certifier ({@code CERTIFICATE_AMBIGUOUS} if there are two), not revoked
 *       ({@code CERTIFICATE_REVOKED}), signed with a key that was valid ({@code KEY_NOT_VALID}), and names no proof that
 *       the kit lacks ({@code PROOF_MISSING}).
 *   <li>The trusted time is the k-th witness's, or, where the policy asks for none, that of the earliest token of a
 *       time authority of the trust root over the certificate's signature ({@code TIME_TOKEN_MALFORMED}, {@code
 *       TIME_TOKEN_MISMATCH}, {@code TIME_TOKEN_INVALID}, {@code TIME_AUTHORITY_NOT_VALID}, {@code
 *       TIME_TOKEN_MISSING}), or, where the trust root names none, on the certifier's word; it is not in the future
 *       ({@code TIME_IN_FUTURE}) and not older than the policy's freshness ({@code CERTIFICATE_STALE}).
 *   <li>The release is the expected one ({@code RELEASE_MISMATCH}).
 *   <li>The tally under the user's policy is {@code CERTIFIED}; else its verdict is the refusal ({@code CONTESTED},
 *       {@code FAILED}, {@code INSUFFICIENT}) or the answer is undecided.
 *   <li>The certificate's verdict, release and subjects are what the tally gives ({@code CERTIFICATE_MISMATCH}).
 *   <li>Each artifact is an output of the quorum, by its digest ({@code ARTIFACT_UNKNOWN}).
 * </ol>
 */
package dev.quorate.verify;
