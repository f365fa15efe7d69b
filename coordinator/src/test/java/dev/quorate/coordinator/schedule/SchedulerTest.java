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
import java.util.stream.IntStream;
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

    private static TrustedHost chip(String chip) {
        return new TrustedHost.SevSnp(ChipId.parse(chip.repeat(64)), "maker", "profile");
    }

    private static Candidate owner(String id, String... chips) {
        var hosts = Stream.of(chips).map(SchedulerTest::chip).toList();
        return new Candidate(
                new TrustedBuilder(new BuilderId(id), id, "z", "amd", List.of(), hosts), Optional.empty(), 0);
    }

    private static Policy overHosts(int threshold, int hosts, Assurance least) {
        return new Policy(threshold, new Distinct(1, 1, hosts), least, Dissent.BLOCKS, 0, Span.parse("90d"));
    }

    @Test
    void everyHostOfABuilderCountsAndNotItsFirstAlone() {
        var scheduler = new Scheduler(2, overHosts(2, 2, Assurance.MEASURED));
        Candidate both = owner("a", "aa", "bb");
        assertEquals(List.of("a", "b"), chosen(scheduler.choose(List.of(both, owner("b", "aa")), NOW)));
        assertEquals(List.of("a", "b"), chosen(scheduler.choose(List.of(both, owner("b", "aa", "bb")), NOW)));
        var three = new Scheduler(3, overHosts(3, 3, Assurance.MEASURED));
        List<Candidate> chain = List.of(both, owner("b", "bb", "cc"), owner("c", "aa"));
        assertEquals(List.of("a", "b", "c"), chosen(three.choose(chain, NOW)));
        refuses(
                "wants 3 hosts, and the usable builders have 2",
                three.choose(List.of(both, owner("b", "aa", "bb"), owner("c", "bb", "aa")), NOW));
    }

    @Test
    void aBuilderWithoutAHostIsNoHostOfItsOwn() {
        var scheduler = new Scheduler(2, overHosts(2, 2, Assurance.NONE));
        refuses(
                "wants 2 hosts, and the usable builders have 1",
                scheduler.choose(List.of(owner("a", "aa"), owner("b")), NOW));
        assertEquals(
                List.of("a", "c"),
                chosen(scheduler.choose(List.of(owner("a", "aa"), owner("b"), owner("c", "cc")), NOW)));
        assertEquals(
                List.of("a", "b"),
                chosen(new Scheduler(2, overHosts(2, 1, Assurance.NONE)).choose(List.of(owner("a"), owner("b")), NOW)));
    }

    /** Whenever each can show a host so that the policy's number comes together, they are found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void hostsThatCanBeShownAreFound(long seed) {
        var random = new Random(seed);
        List<String> chips = List.of("aa", "bb", "cc", "dd");
        for (int run = 0; run < 200; run++) {
            List<Candidate> fleet = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                List<String> own = new ArrayList<>(chips);
                Collections.shuffle(own, random);
                fleet.add(owner("b" + i, own.subList(0, random.nextInt(3)).toArray(String[]::new)));
            }
            var scheduler = new Scheduler(3, overHosts(2, 1 + random.nextInt(3), Assurance.NONE));
            boolean can = subsets(fleet, 3)
                    .anyMatch(set -> mostHosts(set, Set.of())
                            >= scheduler.policy().distinct().host());
            assertEquals(can, scheduler.choose(fleet, NOW) instanceof Choice.Enrol, fleet + " " + scheduler);
        }
    }

    private static Stream<List<Candidate>> subsets(List<Candidate> fleet, int size) {
        return IntStream.range(0, 1 << fleet.size())
                .filter(set -> Integer.bitCount(set) == size)
                .mapToObj(set -> IntStream.range(0, fleet.size())
                        .filter(i -> (set >> i & 1) == 1)
                        .mapToObj(fleet::get)
                        .toList());
    }

    /** By trying everything; no evidence at all is one host. */
    private static int mostHosts(List<Candidate> left, Set<TrustedHost> shown) {
        if (left.isEmpty()) {
            return Math.max(1, shown.size());
        }
        int most = mostHosts(left.subList(1, left.size()), shown);
        for (TrustedHost host : left.getFirst().builder().hosts()) {
            Set<TrustedHost> more = new HashSet<>(shown);
            more.add(host);
            most = Math.max(most, mostHosts(left.subList(1, left.size()), more));
        }
        return most;
    }
}
