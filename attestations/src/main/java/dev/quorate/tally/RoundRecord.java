package dev.quorate.tally;

import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import java.time.Instant;
import java.util.List;

/**
 * Everything verified that was said in one round, by anybody.
 *
 * @param time the trusted time by which all of it had been logged; keys and revocations are judged at it
 */
public record RoundRecord(
        Logged<RoundOpening> opening,
        List<Logged<Commitment>> commitments,
        List<Logged<BuildProof>> proofs,
        Instant time) {
    public RoundRecord {
        commitments = List.copyOf(commitments);
        proofs = List.copyOf(proofs);
    }
}
