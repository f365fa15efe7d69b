package dev.quorate.it.sim;

import static dev.quorate.it.sim.OracleTest.breaks;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.it.sim.Witnessing.Nature;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.TreeHead;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.tally.Openness;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must never happen to whoever demands witnesses, each of which has to be named; and that it can happen to others. */
class WitnessCheckTest {
    private static final Witnessing TWO_OF_TWO = honest(2, 2);

    private final WitnessCheck check = new WitnessCheck(TWO_OF_TWO);

    private static Witnessing honest(int required, int all) {
        return new Witnessing(
                required, List.of(Nature.HONEST, Nature.HONEST, Nature.HONEST).subList(0, all));
    }

    private static List<byte[]> entries(int... entries) {
        List<byte[]> list = new ArrayList<>();
        for (int entry : entries) {
            list.add(new byte[] {(byte) entry});
        }
        return list;
    }

    private void believed(int... entries) {
        List<byte[]> leaves = entries(entries);
        var root = MerkleTree.root(leaves.stream().map(MerkleTree::leafHash).toList());
        check.believed(new TreeHead(leaves.size(), root), leaves);
    }

    @Test
    void aTrueHistoryBreaksNothing() {
        believed(1, 2);
        check.acknowledged(1, new byte[] {2});
        check.acknowledged(3, new byte[] {4});
        believed(1, 2, 3, 4);
        believed(1);
        check.asked(4, Cast.START);
        check.judged(4, Cast.START.minusSeconds(60));
    }

    @Test
    void splitTwoHistoriesOfWhichNeitherBeginsTheOther() {
        believed(1, 2);
        breaks("SPLIT", () -> believed(1, 3, 4));
        breaks("SPLIT", () -> believed(2));
    }

    @Test
    void hiddenWhatSomebodyWasToldThatItIsThere() {
        check.acknowledged(1, new byte[] {2});
        breaks("HIDDEN", () -> believed(1, 3));
        believed(1, 2);
        breaks("HIDDEN", () -> check.acknowledged(0, new byte[] {7}));
    }

    @Test
    void timeThatIsBeforeTheHeadWasThere() {
        check.asked(4, Cast.START);
        breaks("TIME", () -> check.judged(4, Cast.START.minusSeconds(121)));
    }

    @Test
    void whereCorruptWitnessesAreEnoughNothingIsPromised() {
        assertDoesNotThrow(() -> {
            var none = new WitnessCheck(new Witnessing(1, List.of(Nature.LIAR, Nature.HONEST)));
            none.asked(1, Cast.START);
            none.judged(1, Cast.START.minusSeconds(10_000));
            for (List<byte[]> tree : List.of(entries(1), entries(2))) {
                none.believed(new TreeHead(1, MerkleTree.leafHash(tree.getFirst())), tree);
            }
        });
    }

    /** One of two is not enough for one history: the coordinator that tells two gets both believed. */
    @Test
    void theSplitViewSucceedsWhereItCan() throws IOException {
        long seed = 1;
        while (!isSeen(honest(1, 2), seed)) {
            seed++;
            assertTrue(seed < 20, "nobody believes two histories");
        }
    }

    private static boolean isSeen(Witnessing witnessing, long seed) throws IOException {
        try {
            attack(witnessing, new WitnessCheck(TWO_OF_TWO), seed);
            return false;
        } catch (Violation violation) {
            return violation.getMessage().matches("(SPLIT: two histories|HIDDEN).*");
        }
    }

    @Test
    void theSplitViewFailsWhereItMust() throws IOException {
        attack(TWO_OF_TWO, check, 1);
        attack(honest(2, 3), new WitnessCheck(honest(2, 3)), 2);
    }

    /** What one history does not prevent, and what the builder has who finds its dissent left out. */
    @Test
    void aSecondCertificateLeavesADissentOutUntilItsBuilderShowsItsLine() throws IOException {
        Setting setting = OracleTest.setting(2).witnessed(TWO_OF_TWO);
        List<BuilderId> builders = List.copyOf(Cast.BUILDERS.keySet()).subList(0, 3);
        var story = new Story(setting, builders);
        List<Testimony> commitments = new ArrayList<>();
        builders.forEach(builder -> commitments.add(story.commits(builder, result(builders, builder))));
        builders.forEach(builder -> story.reveals(
                builder,
                result(builders, builder),
                commitments.get(builders.indexOf(builder)).index()));
        List<Testimony> all = story.lines();
        List<Testimony> hiding =
                all.stream().filter(line -> !all.getLast().equals(line)).toList();
        var record = new RoundRecord(
                Testimony.opening(hiding), Testimony.commitments(hiding), Testimony.proofs(hiding), Cast.START);
        Tally tally = Tally.of(setting.policy(), setting.trust().trust(), record, Openness.CLOSED);
        List<Sha256> named = Certificate.named(record, setting.trust().trust());
        var certificate = Certificate.of(story.opening(), tally, named, Cast.CERTIFIER, Cast.START);
        Testimony second = Testimony.of(
                        EnvelopeKind.CERTIFICATE,
                        Cast.sign(certificate.statement(), Cast.CERTIFIER_KEY),
                        Cast.CERTIFIER_KEY.publicKey(),
                        certificate)
                .at(all.size());
        SteppedLog log = SteppedLog.open(new SimulatedDisk(new Chance(1)), Cast.LOG);
        all.forEach(line -> append(log, line));
        append(log, second);
        assertEquals("VERIFIED", said(setting, log, hiding, second));
        assertEquals("CONTESTED", said(setting, log, all, second));
    }

    private static Outcome result(List<BuilderId> builders, BuilderId builder) {
        return builder.equals(builders.getLast()) ? Setting.EVIL : Setting.built("good");
    }

    private static void append(SteppedLog log, Testimony line) {
        try {
            log.append(line.leaf());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String said(Setting setting, SteppedLog log, List<Testimony> lines, Testimony last)
            throws IOException {
        List<Testimony> shown = new ArrayList<>(lines);
        shown.add(last);
        var check = new KitCheck(setting);
        return KitCheck.said(check.verify(check.kit(shown, log), Optional.empty(), Cast.START));
    }

    private static void attack(Witnessing witnessing, WitnessCheck check, long seed) throws IOException {
        Setting setting = OracleTest.setting(2).witnessed(witnessing);
        List<Testimony> told = new Story(
                        setting, List.copyOf(Cast.BUILDERS.keySet()).subList(0, 2))
                .vote(Setting.built("good"))
                .lines();
        new SplitView(setting, new KitCheck(setting), check, new Chance(seed), line -> {}).attack(told);
    }
}
