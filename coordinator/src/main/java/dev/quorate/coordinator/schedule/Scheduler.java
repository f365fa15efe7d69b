package dev.quorate.coordinator.schedule;

import dev.quorate.policy.Assurance;
import dev.quorate.policy.Policy;
import dev.quorate.trust.TrustedBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Chooses the enrolled set of a round: one builder an operator, first what adds a zone or a CPU vendor that the policy
 * still lacks, then who was seen lately, then who is idle, then by name.
 *
 * @param builders how many to enrol
 */
public record Scheduler(int builders, Policy policy) {
    private static final Duration LATELY = Duration.ofMinutes(5);

    /** Chooses among these, which must all be trusted now. */
    public Choice choose(List<Candidate> candidates, Instant now) {
        if (policy.hosts() != Assurance.NONE) {
            return new Choice.CannotMeet(
                    "the policy wants " + policy.hosts().word() + " hosts, and no builder's host is attested");
        } else if (policy.distinct().host() > 1) {
            return new Choice.CannotMeet("the policy wants distinct hosts, and no builder's host is attested");
        }
        List<Candidate> chosen = new ArrayList<>();
        while (chosen.size() < builders) {
            Optional<Candidate> next = candidates.stream()
                    .filter(c -> !shares(chosen, c, TrustedBuilder::operator))
                    .max(Comparator.<Candidate>comparingInt(c -> spread(chosen, c))
                            .thenComparing(c -> isAlive(c, now))
                            .thenComparing(
                                    Comparator.comparingInt(Candidate::load).reversed())
                            .thenComparing(Comparator.comparing(
                                            (Candidate c) -> c.builder().id())
                                    .reversed()));
            if (next.isEmpty()) {
                break;
            }
            chosen.add(next.get());
        }
        return judge(chosen);
    }

    private Choice judge(List<Candidate> chosen) {
        if (chosen.size() < Math.max(builders, policy.threshold())) {
            return new Choice.CannotMeet("the trust root has usable builders of " + chosen.size()
                    + " operators, and a round needs " + Math.max(builders, policy.threshold()));
        } else if (count(chosen, TrustedBuilder::zone) < policy.distinct().zone()) {
            return new Choice.CannotMeet("the policy wants " + policy.distinct().zone()
                    + " zones, and the usable builders have " + count(chosen, TrustedBuilder::zone));
        } else if (count(chosen, TrustedBuilder::cpuVendor) < policy.distinct().cpuVendor()) {
            return new Choice.CannotMeet("the policy wants " + policy.distinct().cpuVendor()
                    + " CPU vendors, and the usable builders have " + count(chosen, TrustedBuilder::cpuVendor));
        }
        return new Choice.Enrol(
                chosen.stream().map(c -> c.builder().id()).sorted().toList());
    }

    /** What a candidate adds; what the policy asks for and is lacking weighs more than further variety. */
    private int spread(List<Candidate> chosen, Candidate candidate) {
        return gain(chosen, candidate, TrustedBuilder::zone, policy.distinct().zone())
                + gain(
                        chosen,
                        candidate,
                        TrustedBuilder::cpuVendor,
                        policy.distinct().cpuVendor());
    }

    private static int gain(
            List<Candidate> chosen, Candidate candidate, Function<TrustedBuilder, String> attribute, int wanted) {
        if (shares(chosen, candidate, attribute)) {
            return 0;
        }
        return count(chosen, attribute) < wanted ? 10 : 1;
    }

    private static boolean isAlive(Candidate candidate, Instant now) {
        return candidate
                .lastSeen()
                .filter(seen -> seen.isAfter(now.minus(LATELY)))
                .isPresent();
    }

    private static boolean shares(
            List<Candidate> chosen, Candidate candidate, Function<TrustedBuilder, String> attribute) {
        return chosen.stream().anyMatch(c -> attribute.apply(c.builder()).equals(attribute.apply(candidate.builder())));
    }

    private static int count(List<Candidate> chosen, Function<TrustedBuilder, String> attribute) {
        Set<String> values = new HashSet<>();
        chosen.forEach(c -> values.add(attribute.apply(c.builder())));
        return values.size();
    }
}
