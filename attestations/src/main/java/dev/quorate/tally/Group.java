package dev.quorate.tally;

import dev.quorate.policy.Policy;
import dev.quorate.proof.OutputSet;
import java.util.List;
import java.util.function.Function;

/**
 * Counted votes, one an operator, for one output set.
 *
 * @param votes sorted by builder
 */
record Group(OutputSet outputs, List<Ballot.Result> votes) {
    int size() {
        return votes.size();
    }

    /** Whether the policy's numbers are reached. */
    boolean isQuorum(Policy policy) {
        return size() >= policy.threshold()
                && distinct(v -> v.builder().zone()) >= policy.distinct().zone()
                && distinct(v -> v.builder().cpuVendor()) >= policy.distinct().cpuVendor()
                && knownHosts() >= policy.distinct().host();
    }

    /** What a group of this size lacks, for a person; empty if it is a quorum. */
    String lacks(Policy policy) {
        if (size() < policy.threshold()) {
            return size() + " of the needed " + policy.threshold() + " operators agree";
        } else if (distinct(v -> v.builder().zone()) < policy.distinct().zone()) {
            return "the agreeing operators share too few zones";
        } else if (distinct(v -> v.builder().cpuVendor()) < policy.distinct().cpuVendor()) {
            return "the agreeing operators share too few CPU vendors";
        }
        return knownHosts() < policy.distinct().host() ? "the agreeing operators share too few attested hosts" : "";
    }

    private long distinct(Function<Voter, String> attribute) {
        return votes.stream()
                .map(Ballot.Result::voter)
                .map(attribute)
                .distinct()
                .count();
    }

    /** Hosts without evidence cannot be told apart and are one. */
    private long knownHosts() {
        long known = votes.stream()
                .flatMap(vote -> vote.voter().host().stream())
                .distinct()
                .count();
        return Math.max(known, 1);
    }
}
