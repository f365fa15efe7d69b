package dev.quorate.tally;

import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import java.time.Instant;
import java.util.List;

/**
 * Everything verified that was said in one round, by anybody.
 *
 * @param evidence of hosts; nothing in it is judged
 * @param changes what certifiers say of hosts; it can explain that a vote is missing, and nothing else
 * @param time the trusted time by which all of it had been logged; keys and revocations are judged at it
 */
public record RoundRecord(
        Logged<RoundOpening> opening,
        List<Logged<HostEvidence>> evidence,
        List<Logged<HostChange>> changes,
        List<Logged<Commitment>> commitments,
        List<Logged<BuildProof>> proofs,
        Instant time) {
    public RoundRecord {
        evidence = List.copyOf(evidence);
        changes = List.copyOf(changes);
        commitments = List.copyOf(commitments);
        proofs = List.copyOf(proofs);
    }

    /** A round in which nobody has shown a host. */
    public RoundRecord(
            Logged<RoundOpening> opening,
            List<Logged<Commitment>> commitments,
            List<Logged<BuildProof>> proofs,
            Instant time) {
        this(opening, List.of(), List.of(), commitments, proofs, time);
    }
}
