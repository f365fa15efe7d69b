package dev.quorate.tally;

import dev.quorate.policy.Policy;
import dev.quorate.proof.OutputSet;
import dev.quorate.trust.TrustRoot;
import java.util.List;
import java.util.Optional;

/**
 * The count of a round; see the package for the rules.
 *
 * @param reason one sentence for a person
 * @param votes one for each enrolled builder, by name
 * @param winner what the quorum made, if the verdict is {@code CERTIFIED}
 * @param required agreeing operators that the policy asks for
 * @param reached agreeing operators of the quorum, or in the largest group where there is none
 */
public record Tally(
        Verdict verdict, String reason, List<Vote> votes, Optional<OutputSet> winner, int required, int reached) {

    public Tally {
        votes = List.copyOf(votes);
    }

    /** Counts. */
    public static Tally of(Policy policy, TrustRoot trust, RoundRecord record, Openness openness) {
        List<Ballot> ballots = new Ballots(policy, trust, record).judge();
        return new Count(policy, ballots, openness).tally();
    }
}
