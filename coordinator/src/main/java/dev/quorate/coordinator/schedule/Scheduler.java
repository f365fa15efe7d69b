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
        List<Candidate> fitting =
                candidates.stream().filter(c -> assures(c.builder())).toList();
        return new Search(this, now)
                .first(fitting)
                .<Choice>map(chosen -> new Choice.Enrol(
                        chosen.stream().map(c -> c.builder().id()).sorted().toList()))
                .orElseGet(() ->
                        new Choice.CannotMeet(policy.hosts() == Assurance.NONE ? lack(fitting) : lackOfHosts(fitting)));
    }

    /** Whether the trust root names a host of that builder whose evidence would be enough. */
    private boolean assures(TrustedBuilder builder) {
        return policy.hosts() == Assurance.NONE
                || builder.hosts().stream()
                        .anyMatch(host -> host.kind().assurance().compareTo(policy.hosts()) >= 0);
    }

    private String lackOfHosts(List<Candidate> fitting) {
        return "the policy wants " + policy.hosts().word() + " hosts; of the builders that have one, " + lack(fitting);
    }

    private int hosts(List<Candidate> chosen) {
        return HostMatching.count(chosen.stream().map(Candidate::builder).toList(), policy.hosts());
    }

    /** Hosts without evidence are one host, so that a policy that wants one wants nothing. */
    private int missingHosts(List<Candidate> chosen) {
        return policy.distinct().host() > 1 ? Math.max(0, policy.distinct().host() - hosts(chosen)) : 0;
    }

    private String lack(List<Candidate> candidates) {
        int needed = Math.max(builders, policy.threshold());
        if (count(candidates, TrustedBuilder::operator) < needed) {
            return "the trust root has usable builders of " + count(candidates, TrustedBuilder::operator)
                    + " operators, and a round needs " + needed;
        } else if (count(candidates, TrustedBuilder::zone) < policy.distinct().zone()) {
            return "the policy wants " + policy.distinct().zone() + " zones, and the usable builders have "
                    + count(candidates, TrustedBuilder::zone);
        } else if (count(candidates, TrustedBuilder::cpuVendor)
                < policy.distinct().cpuVendor()) {
            return "the policy wants " + policy.distinct().cpuVendor() + " CPU vendors, and the usable builders have "
                    + count(candidates, TrustedBuilder::cpuVendor);
        }
        if (missingHosts(candidates) > 0) {
            return "the policy wants " + policy.distinct().host() + " hosts, and the usable builders have "
                    + hosts(candidates);
        }
        return "no " + builders
                + " builders of different operators have the zones, CPU vendors and hosts of the policy";
    }

    /** Whether these may be all that a round enrols. */
    boolean isEnough(List<Candidate> chosen) {
        return chosen.size() == builders
                && chosen.size() >= policy.threshold()
                && missing(chosen, TrustedBuilder::zone, policy.distinct().zone()) == 0
                && missing(chosen, TrustedBuilder::cpuVendor, policy.distinct().cpuVendor()) == 0
                && missingHosts(chosen) == 0;
    }

    /** Whether the places that are left could still bring what is missing. */
    boolean isPromising(List<Candidate> chosen) {
        int left = builders - chosen.size();
        return missing(chosen, TrustedBuilder::zone, policy.distinct().zone()) <= left
                && missing(chosen, TrustedBuilder::cpuVendor, policy.distinct().cpuVendor()) <= left
                && missingHosts(chosen) <= left;
    }

    private static int missing(List<Candidate> chosen, Function<TrustedBuilder, String> attribute, int wanted) {
        return Math.max(0, wanted - count(chosen, attribute));
    }

    /** Best first, given who is chosen already. */
    Comparator<Candidate> preference(List<Candidate> chosen, Instant now) {
        return Comparator.<Candidate>comparingInt(c -> -spread(chosen, c))
                .thenComparing(c -> !isAlive(c, now))
                .thenComparingInt(Candidate::load)
                .thenComparing(c -> c.builder().id());
    }

    /** What a candidate adds; what the policy asks for and is lacking weighs more than further variety. */
    private int spread(List<Candidate> chosen, Candidate candidate) {
        return gain(chosen, candidate, TrustedBuilder::zone, policy.distinct().zone())
                + gain(
                        chosen,
                        candidate,
                        TrustedBuilder::cpuVendor,
                        policy.distinct().cpuVendor())
                + (policy.distinct().host() > 1 ? gainOfHosts(chosen, candidate) : 0);
    }

    private int gainOfHosts(List<Candidate> chosen, Candidate candidate) {
        List<Candidate> more = new ArrayList<>(chosen);
        more.add(candidate);
        if (hosts(more) == hosts(chosen)) {
            return 0;
        }
        return missingHosts(chosen) > 0 ? 10 : 1;
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

    static boolean shares(List<Candidate> chosen, Candidate candidate, Function<TrustedBuilder, String> attribute) {
        return chosen.stream().anyMatch(c -> attribute.apply(c.builder()).equals(attribute.apply(candidate.builder())));
    }

    private static int count(List<Candidate> chosen, Function<TrustedBuilder, String> attribute) {
        Set<String> values = new HashSet<>();
        chosen.forEach(c -> values.add(attribute.apply(c.builder())));
        return values.size();
    }
}
