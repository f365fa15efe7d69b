package dev.quorate.coordinator.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.policy.Assurance;
import dev.quorate.policy.Dissent;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.quantity.Span;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.ChipId;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static Policy policy(int threshold, int zones, int vendors) {
        return new Policy(
                threshold, new Distinct(zones, vendors, 1), Assurance.NONE, Dissent.BLOCKS, 0, Span.parse("90d"));
    }

    private static Candidate candidate(String id, String operator, String zone, String vendor) {
        return new Candidate(
                new TrustedBuilder(new BuilderId(id), operator, zone, vendor, List.of()), Optional.empty(), 0);
    }

    private static Candidate seen(Candidate candidate, int load) {
        return new Candidate(candidate.builder(), Optional.of(NOW), load);
    }

    private static List<String> chosen(Choice choice) {
        return assertInstanceOf(Choice.Enrol.class, choice, choice.toString()).builders().stream()
                .map(BuilderId::text)
                .toList();
    }

    @Test
    void oneBuilderAnOperator() {
        Choice choice = new Scheduler(2, policy(2, 1, 1))
                .choose(
                        List.of(
                                candidate("a1", "a", "z", "v"),
                                candidate("a2", "a", "z", "v"),
                                candidate("b1", "b", "z", "v")),
                        NOW);
        assertEquals(List.of("a1", "b1"), chosen(choice));
    }

    @Test
    void spreadComesBeforeBeingAliveAndThatBeforeBeingIdle() {
        Candidate first = seen(candidate("a", "a", "z1", "v"), 0);
        Candidate dead = candidate("far", "b", "z2", "v");
        Candidate busy = seen(candidate("busy", "c", "z1", "v"), 5);
        Candidate idle = seen(candidate("idle", "d", "z1", "v"), 0);
        Candidate gone = candidate("gone", "e", "z1", "v");
        List<Candidate> all = List.of(gone, idle, busy, dead, first);
        assertEquals(List.of("a", "far"), chosen(new Scheduler(2, policy(2, 2, 1)).choose(all, NOW)));
        assertEquals(List.of("a", "far", "idle"), chosen(new Scheduler(3, policy(2, 2, 1)).choose(all, NOW)));
        assertEquals(List.of("a", "busy", "far", "idle"), chosen(new Scheduler(4, policy(2, 2, 1)).choose(all, NOW)));
    }

    @Test
    void aPolicyThatTheFleetCannotMeetIsRefusedWithTheReason() {
        List<Candidate> all = List.of(candidate("a", "a", "z", "v"), candidate("b", "b", "z", "v"));
        refuses("builders of 2 operators, and a round needs 3", new Scheduler(3, policy(3, 1, 1)).choose(all, NOW));
        refuses("wants 2 zones", new Scheduler(2, policy(2, 2, 1)).choose(all, NOW));
        refuses("wants 2 CPU vendors", new Scheduler(2, policy(2, 1, 2)).choose(all, NOW));
        var measured = new Policy(2, Distinct.ANY, Assurance.MEASURED, Dissent.BLOCKS, 0, Span.parse("90d"));
        refuses("measured", new Scheduler(2, measured).choose(all, NOW));
    }

    private static void refuses(String reason, Choice choice) {
        String said = assertInstanceOf(Choice.CannotMeet.class, choice).reason();
        assertTrue(said.contains(reason), said);
    }

    /** Whenever some choice of one builder an operator meets the policy, the scheduler finds one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatCanBeMetIsMetInAnyOrder(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            List<Candidate> fleet = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                fleet.add(
                        candidate("b" + i, "o" + random.nextInt(5), "z" + random.nextInt(3), "v" + random.nextInt(2)));
            }
            var scheduler = new Scheduler(3, policy(2, 1 + random.nextInt(3), 1 + random.nextInt(2)));
            Choice choice = scheduler.choose(fleet, NOW);
            Collections.shuffle(fleet, random);
            assertEquals(choice, scheduler.choose(fleet, NOW));
            assertEquals(canMeet(fleet, scheduler), choice instanceof Choice.Enrol, fleet + " " + scheduler);
        }
    }

    private static boolean canMeet(List<Candidate> fleet, Scheduler scheduler) {
        for (int set = 0; set < 1 << fleet.size(); set++) {
            if (Integer.bitCount(set) == scheduler.builders() && meets(fleet, set, scheduler.policy())) {
                return true;
            }
        }
        return false;
    }

    private static boolean meets(List<Candidate> fleet, int set, Policy policy) {
        Set<String> operators = new HashSet<>();
        Set<String> zones = new HashSet<>();
        Set<String> vendors = new HashSet<>();
        for (int i = 0; i < fleet.size(); i++) {
            if ((set >> i & 1) == 1) {
                TrustedBuilder builder = fleet.get(i).builder();
                operators.add(builder.operator());
                zones.add(builder.zone());
                vendors.add(builder.cpuVendor());
            }
        }
        return operators.size() == Integer.bitCount(set)
                && Stream.of(
                                zones.size() >= policy.distinct().zone(),
                                vendors.size() >= policy.distinct().cpuVendor())
                        .allMatch(Boolean::booleanValue);
    }

    private static Candidate attestable(String id, String operator, String chip) {
        var host = new TrustedHost.SevSnp(ChipId.parse(chip.repeat(64)), "maker", "profile");
        return new Candidate(
                new TrustedBuilder(new BuilderId(id), operator, "z", "amd", List.of(), List.of(host)),
                Optional.empty(),
                0);
    }

    @Test
    void aPolicyOverHostsEnrolsBuildersThatHaveThem() {
        var policy = new Policy(2, new Distinct(1, 1, 2), Assurance.MEASURED, Dissent.BLOCKS, 0, Span.parse("90d"));
        Candidate a = attestable("a", "a", "aa");
        Candidate b = attestable("b", "b", "bb");
        Candidate bare = candidate("c", "c", "z", "v");
        assertEquals(List.of("a", "b"), chosen(new Scheduler(2, policy).choose(List.of(bare, b, a), NOW)));
        String lack = assertInstanceOf(Choice.CannotMeet.class, new Scheduler(2, policy).choose(List.of(bare, a), NOW))
                .reason();
        assertEquals(
                "the policy wants measured hosts; of the builders that have one, the trust root has usable builders of 1"
                        + " operators, and a round needs 2",
                lack);
        Candidate same = attestable("d", "d", "aa");
        String shared = assertInstanceOf(
                        Choice.CannotMeet.class, new Scheduler(2, policy).choose(List.of(same, a), NOW))
                .reason();
        assertTrue(shared.endsWith("the policy wants 2 hosts, and the usable builders have 1"), shared);
    }
}
