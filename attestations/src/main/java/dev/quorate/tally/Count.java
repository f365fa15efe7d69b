package dev.quorate.tally;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import dev.quorate.policy.Dissent;
import dev.quorate.policy.Policy;
import dev.quorate.proof.FailureClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One counting, from ballots to verdict. */
record Count(Policy policy, List<Ballot> ballots, Openness openness) {
    Tally tally() {
        List<Group> groups = groups();
        Decision decision = decide(groups);
        Optional<Group> winner = decision.verdict() == Verdict.CERTIFIED
                ? groups.stream().filter(g -> g.isQuorum(policy)).findFirst()
                : Optional.empty();
        // A larger group may lack zones that the quorum has; it is not the one that was certified.
        int reached =
                winner.or(() -> groups.stream().findFirst()).map(Group::size).orElse(0);
        List<Vote> votes = ballots.stream().map(this::vote).toList();
        return new Tally(
                decision.verdict(), decision.reason(), votes, winner.map(Group::outputs), policy.threshold(), reached);
    }

    private Decision decide(List<Group> groups) {
        List<Group> quorums = groups.stream().filter(g -> g.isQuorum(policy)).toList();
        boolean dissentBlocks = groups.size() > 1 && policy.dissent() == Dissent.BLOCKS;
        if (quorums.size() > 1) {
            return new Decision(Verdict.CONTESTED, "two quorums reproduced different results");
        } else if (dissentBlocks) {
            return new Decision(Verdict.CONTESTED, "builders made different results: " + camps(groups));
        } else if (quorums.size() == 1) {
            return quorum(groups, quorums.getFirst());
        } else if (groups.stream().anyMatch(this::canGrow) || groups.isEmpty() && outstanding() >= needed()) {
            return new Decision(Verdict.PENDING, "waiting for " + waitingFor());
        } else if (groups.size() > 1) {
            return new Decision(Verdict.CONTESTED, "builders made different results: " + camps(groups));
        } else if (groups.isEmpty() && failedOperators() >= policy.threshold()) {
            return new Decision(Verdict.FAILED, "the build failed at every builder that reported");
        }
        String lacks = groups.isEmpty()
                ? "no builder made a result that counts"
                : groups.getFirst().lacks(policy);
        return new Decision(Verdict.INSUFFICIENT, lacks + ", and no more votes can come");
    }

    private Decision quorum(List<Group> groups, Group quorum) {
        boolean mayDissent = policy.dissent() == Dissent.BLOCKS ? outstanding() > 0 : outstanding() >= needed();
        if (mayDissent) {
            return new Decision(Verdict.PENDING, "a quorum agrees; waiting for " + waitingFor());
        }
        String dissent = groups.size() > 1 ? "; dissent is on record: " + camps(groups) : "";
        return new Decision(
                Verdict.CERTIFIED,
                quorum.size() + " independent operators reproduced it, " + policy.threshold() + " were needed"
                        + dissent);
    }

    private boolean canGrow(Group group) {
        List<String> voted = group.votes().stream()
                .map(vote -> vote.voter().builder().operator())
                .toList();
        long more =
                outstandingOperators().stream().filter(o -> !voted.contains(o)).count();
        return more > 0 && group.size() + more >= policy.threshold();
    }

    private int needed() {
        return policy.threshold();
    }

    private long outstanding() {
        return outstandingOperators().size();
    }

    private List<String> outstandingOperators() {
        if (openness == Openness.CLOSED) {
            return List.of();
        }
        return ballots.stream()
                .filter(Ballot.Outstanding.class::isInstance)
                .map(ballot -> ((Ballot.Outstanding) ballot).voter().builder().operator())
                .distinct()
                .toList();
    }

    private long failedOperators() {
        return ballots.stream()
                .filter(ballot -> ballot instanceof Ballot.NoResult none
                        && none.failed().failure() != FailureClass.INFRASTRUCTURE)
                .map(ballot -> ((Ballot.NoResult) ballot).voter().builder().operator())
                .distinct()
                .count();
    }

    private String waitingFor() {
        return ballots.stream()
                .filter(Ballot.Outstanding.class::isInstance)
                .map(ballot -> ((Ballot.Outstanding) ballot).builder().text())
                .collect(Collectors.joining(", "));
    }

    private static String camps(List<Group> groups) {
        return groups.stream()
                .map(group -> group.votes().stream()
                                .map(vote -> vote.builder().text())
                                .collect(Collectors.joining(", "))
                        + " made "
                        + group.outputs().digest().hex().substring(0, 12))
                .collect(Collectors.joining("; "));
    }

    /** Largest first, then by digest, so that equal records give equal words. */
    private List<Group> groups() {
        Map<Sha256, List<Ballot.Result>> byOutputs = new TreeMap<>();
        for (Ballot.Result result : speakers()) {
            byOutputs
                    .computeIfAbsent(result.built().outputs().digest(), d -> new ArrayList<>())
                    .add(result);
        }
        return byOutputs.values().stream()
                .map(votes -> new Group(votes.getFirst().built().outputs(), List.copyOf(votes)))
                .sorted(Comparator.comparingInt(Group::size).reversed())
                .toList();
    }

    /** The one vote of each operator; none for an operator whose builders disagree. */
    private List<Ballot.Result> speakers() {
        Map<String, List<Ballot.Result>> byOperator = new TreeMap<>();
        for (Ballot ballot : ballots) {
            if (ballot instanceof Ballot.Result result) {
                byOperator
                        .computeIfAbsent(result.voter().builder().operator(), o -> new ArrayList<>())
                        .add(result);
            }
        }
        return byOperator.values().stream()
                .filter(Count::agree)
                .map(List::getFirst)
                .sorted(Comparator.comparing(Ballot.Result::builder))
                .toList();
    }

    private static boolean agree(List<Ballot.Result> results) {
        return results.stream()
                        .map(r -> r.built().outputs().digest())
                        .distinct()
                        .count()
                == 1;
    }

    private Vote vote(Ballot ballot) {
        return switch (ballot) {
            case Ballot.Result result -> resultVote(result);
            case Ballot.NoResult failure ->
                Votes.of(
                        failure.voter(),
                        failure.failed().word(),
                        Optional.empty(),
                        true,
                        "a vote of no result: " + Printable.of(failure.failed().detail()));
            case Ballot.Outstanding out -> Votes.of(out.voter(), out.outcome(), Optional.empty(), false, out.reason());
            case Ballot.Void none -> Votes.of(none.voter(), none.outcome(), none.outputs(), false, none.reason());
            case Ballot.Stranger stranger -> Votes.stranger(stranger.builder());
        };
    }

    private Vote resultVote(Ballot.Result result) {
        Optional<Sha256> outputs = Optional.of(result.built().outputs().digest());
        String operator = result.voter().builder().operator();
        if (speakers().contains(result)) {
            String reason = dissents(result) ? "dissents for " + operator : "counts for " + operator;
            return Votes.of(result.voter(), "BUILT", outputs, true, reason);
        }
        boolean split = speakers().stream()
                .noneMatch(s -> s.voter().builder().operator().equals(operator));
        String reason = split
                ? "the builders of " + operator + " disagree, so it has no vote"
                : "one vote an operator: " + operator + " votes through another builder";
        return Votes.of(result.voter(), "BUILT", outputs, false, reason);
    }

    /** Whether a larger group than its own stands against it; between equals nobody is the dissenter. */
    private boolean dissents(Ballot.Result result) {
        List<Group> groups = groups();
        Group own = groups.stream()
                .filter(g -> g.votes().contains(result))
                .findFirst()
                .orElseThrow();
        return groups.getFirst().size() > own.size();
    }

    private record Decision(Verdict verdict, String reason) {}
}
