package dev.quorate.it.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.digest.Sha256;
import dev.quorate.policy.Assurance;
import dev.quorate.policy.Dissent;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.proof.Outcome;
import dev.quorate.quantity.Span;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Openness;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Histories that must never happen, each of which one invariant has to name: a simulator that cannot fail proves nothing. */
class OracleTest {
    private static final List<BuilderId> BUILDERS = List.of(new BuilderId("b1"), new BuilderId("b2"));
    private static final BuilderId B1 = BUILDERS.getFirst();
    private static final BuilderId B2 = BUILDERS.getLast();
    private static final Outcome.Built GOOD = Setting.built("good");
    private static final LeaseToken FIRST = new LeaseToken(1);
    private final Setting setting = setting(2);
    private final Oracle oracle = new Oracle(setting, new Quotes(), new Chance(1));
    private final CountCheck counts = new CountCheck(setting, new Quotes(), new Chance(1));

    static Setting setting(int threshold) {
        Map<BuilderId, Setting.Character> characters = new TreeMap<>();
        Cast.BUILDERS.keySet().forEach(id -> characters.put(id, Setting.Character.HONEST));
        var policy = new Policy(threshold, Distinct.ANY, Assurance.NONE, Dissent.BLOCKS, 0, Span.parse("90d"));
        return new Setting(
                policy,
                Cast.trust(List.of()),
                2,
                characters,
                List.of(GOOD),
                Setting.SPECS.subList(0, 1),
                0,
                Network.Weather.FAIR,
                Witnessing.NONE);
    }

    static void breaks(String invariant, Executable history) {
        String message = assertThrows(Violation.class, history).getMessage();
        assertTrue(message.startsWith(invariant + ":"), message);
    }

    private Tally tally(RoundRecord record) {
        return Tally.of(setting.policy(), setting.trust().trust(), record, Openness.CLOSED);
    }

    private static Certificate certificate(RoundRecord record, Tally tally) {
        var proofs = record.proofs().stream().map(Logged::digest).toList();
        return Certificate.of(record.opening().value(), tally, proofs, Cast.CERTIFIER, Cast.START);
    }

    private Story told(Outcome outcome) {
        return new Story(setting, BUILDERS).vote(outcome);
    }

    @Test
    void aTrueHistoryBreaksNothing() {
        RoundRecord record = told(GOOD).record();
        counts.check(tally(record), record, setting.trust().trust());
        var book = new RoundBook(record.opening().value(), Cast.START);
        book.certified(setting, tally(record), certificate(record, tally(record)));
    }

    @Test
    void i1ACertificateWithoutItsVotes() {
        RoundRecord whole = told(GOOD).record();
        var less = new RoundRecord(
                whole.opening(), whole.commitments(), whole.proofs().subList(0, 1), whole.time());
        breaks("I1", () -> counts.check(tally(whole), less, setting.trust().trust()));
    }

    @Test
    void i1ACertificateThatSaysAnotherVerdictThanTheCount() {
        RoundRecord record = told(GOOD).record();
        var less = new RoundRecord(
                record.opening(), record.commitments(), record.proofs().subList(0, 1), record.time());
        var book = new RoundBook(record.opening().value(), Cast.START);
        breaks("I1", () -> book.certified(setting, tally(less), certificate(record, tally(record))));
    }

    @Test
    void i2ASecondOutputSetInTheSameRound() {
        Setting twofold = new Setting(
                setting.policy(),
                setting.trust(),
                2,
                setting.characters(),
                List.of(GOOD, Setting.EVIL),
                setting.specs(),
                0,
                Network.Weather.FAIR,
                Witnessing.NONE);
        RoundRecord one = told(GOOD).record();
        RoundRecord other = told(Setting.EVIL).record();
        var book = new RoundBook(one.opening().value(), Cast.START);
        book.certified(twofold, tally(one), certificate(one, tally(one)));
        breaks("I2", () -> book.certified(twofold, tally(other), certificate(other, tally(other))));
    }

    @Test
    void i3AnAcknowledgedCommitmentThatIsLostOrHasTwoPlaces() throws Exception {
        var coordinator = new SimulatedCoordinator(
                setting, new SimulatedDisk(new Chance(1)), new EventStore(new Chance(1)), oracle, Cast.START);
        Story story = new Story(setting, BUILDERS);
        var commit = new Request.Commit(
                B1, story.opening().round(), FIRST, story.commits(B1, GOOD).envelope());
        oracle.replied(commit, new Reply.Filed(1), Cast.START);
        breaks("I3", () -> oracle.requireKept(coordinator));
        breaks("I3", () -> oracle.replied(commit, new Reply.Filed(2), Cast.START));
    }

    @Test
    void i4AnOfflineCheckThatFindsSomethingElse() throws Exception {
        var coordinator = new SimulatedCoordinator(
                setting, new SimulatedDisk(new Chance(1)), new EventStore(new Chance(1)), oracle, Cast.START);
        RoundId round = certified(coordinator);
        new KitCheck(setting).check(coordinator, round, Cast.START);
        breaks("I4", () -> new KitCheck(setting(3)).check(coordinator, round, Cast.START));
    }

    @Test
    void timeOfATokenThatTheAuthorityNeverGave() throws Exception {
        Setting stamped = setting.stamped();
        var store = new EventStore(new Chance(1));
        var coordinator =
                new SimulatedCoordinator(stamped, new SimulatedDisk(new Chance(1)), store, oracle, Cast.START);
        RoundId round = certified(coordinator);
        var authority = new SimulatedAuthority(stamped, new World(line -> {}), new Chance(1));
        var check = new KitCheck(stamped, new WitnessCheck(Witnessing.NONE), Optional.of(authority));
        check.check(coordinator, round, Cast.START);
        byte[] signature =
                KitCheck.lines(coordinator, round).getLast().envelope().signature();
        store.keep(Sha256.of(signature), SimulatedAuthority.stamp(signature, Cast.START));
        breaks("TIME", () -> check.check(coordinator, round, Cast.START));
    }

    @Test
    void timeOnNobodysWordButTheCertifiers() throws Exception {
        var coordinator = coordinator(new EventStore(new Chance(1)));
        List<Testimony> lines = KitCheck.lines(coordinator, certified(coordinator));
        for (long seed = 1; seed <= 8; seed++) {
            var crime = new FalseTime(new KitCheck(setting), new Chance(seed), Cast.START);
            breaks("TIME", () -> crime.attack(lines));
            new FalseTime(new KitCheck(setting.stamped()), new Chance(seed), Cast.START).attack(lines);
        }
    }

    /** Plays a whole round with two honest builders. */
    private RoundId certified(SimulatedCoordinator coordinator) throws IOException {
        coordinator.submit(setting.specs().getFirst(), new byte[16], Cast.START);
        RoundId round = coordinator.rounds().keySet().iterator().next();
        Story story = new Story(Testimony.opening(coordinator.said(round)).value());
        Map<BuilderId, Long> filed = new TreeMap<>();
        for (BuilderId builder : story.opening().builders()) {
            coordinator.handle(new Request.Lease(builder), Cast.START);
            var said = story.commits(builder, GOOD).envelope();
            var reply = coordinator.handle(new Request.Commit(builder, round, FIRST, said), Cast.START);
            filed.put(builder, ((Reply.Filed) reply).index());
        }
        for (BuilderId builder : story.opening().builders()) {
            var said = story.reveals(builder, GOOD, filed.get(builder)).envelope();
            coordinator.handle(new Request.Prove(builder, round, FIRST, said), Cast.START);
        }
        assertEquals(
                dev.quorate.tally.Verdict.CERTIFIED,
                coordinator.rounds().get(round).verdict());
        return round;
    }

    @Test
    void i5AWrongResultThatTooFewCorruptBuildersStandBehind() {
        RoundRecord record = told(Setting.EVIL).record();
        var book = new RoundBook(record.opening().value(), Cast.START);
        breaks("I5", () -> book.certified(setting, tally(record), certificate(record, tally(record))));
    }

    @Test
    void i6ACountThatDependsOnMoreThanTheProofs() {
        RoundRecord none = new Story(setting, BUILDERS).record();
        Tally open = Tally.of(setting.policy(), setting.trust().trust(), none, Openness.OPEN);
        breaks("I6", () -> counts.check(open, none, setting.trust().trust()));
    }

    @Test
    void i8ALogThatForksShrinksOrFallsSilent() throws Exception {
        SteppedLog log = log(1, 2);
        oracle.watch(log);
        breaks("I8", () -> oracle.watch(log(1, 3)));
        breaks("I8", () -> oracle.watch(log(1, 3, 4)));
        breaks("I8", () -> oracle.watch(log(1)));
        breaks("I8", () -> oracle.watch(SteppedLog.open(new SimulatedDisk(new Chance(1)), Cast.LOG)));
        oracle.watch(log(1, 2, 3));
    }

    private static SteppedLog log(int... leaves) throws IOException {
        SteppedLog log = SteppedLog.open(new SimulatedDisk(new Chance(1)), Cast.LOG);
        for (int leaf : leaves) {
            log.append(new byte[] {(byte) leaf});
        }
        log.head();
        return log;
    }

    @Test
    void i9ACommitmentAfterAResultWasTold() {
        Story story = new Story(setting, BUILDERS);
        var book = new RoundBook(story.opening(), Cast.START);
        Testimony first = story.commits(B1, GOOD);
        book.committed(B1, FIRST, Cast.START, first);
        book.proven(B1, FIRST, story.reveals(B1, GOOD, first.index()));
        breaks("I9", () -> book.committed(B2, FIRST, Cast.START, story.commits(B2, GOOD)));
    }

    @Test
    void i9AResultThatStandsBeforeACommitmentInTheLog() {
        Story story = new Story(setting, BUILDERS);
        Testimony first = story.commits(B1, GOOD);
        Testimony result = story.reveals(B1, GOOD, first.index());
        Testimony late = story.commits(B2, GOOD);
        var book = new RoundBook(story.opening(), Cast.START);
        book.committed(B1, FIRST, Cast.START, first);
        book.committed(B2, FIRST, Cast.START, late);
        breaks("I9", () -> book.proven(B1, FIRST, result));
    }

    @Test
    void i9RevealingBeforeEverybodyHasCommitted() {
        Story story = new Story(setting, BUILDERS);
        var book = new RoundBook(story.opening(), Cast.START);
        book.committed(B1, FIRST, Cast.START, story.commits(B1, GOOD));
        breaks("I9", () -> book.requireRevealable(Cast.START));
        book.requireRevealable(Cast.START.plusSeconds(600));
    }

    @Test
    void aBuilderThatIsHeardUnderAnOldToken() {
        Story story = new Story(setting, BUILDERS);
        var book = new RoundBook(story.opening(), Cast.START);
        book.leased(B1);
        book.leased(B1);
        breaks("FENCE", () -> book.committed(B1, FIRST, Cast.START, story.commits(B1, GOOD)));
    }

    private SimulatedCoordinator coordinator(EventStore store) throws IOException {
        return new SimulatedCoordinator(setting, new SimulatedDisk(new Chance(1)), store, oracle, Cast.START);
    }

    private static SignedTrust second(Revocation... revocations) {
        return Cast.trust(2, Cast.trust(List.of()).trust().builders(), List.of(revocations), Optional.empty());
    }

    private static Revocation stolen(BuilderId builder) {
        return new Revocation(Revocation.Kind.BUILDER, builder.text(), Cast.START.minusSeconds(1), "stolen");
    }

    /** As long as a review takes steps. */
    private static void review(SimulatedCoordinator coordinator) throws IOException {
        while (coordinator.archive().isPending()) {
            coordinator.look(Cast.START);
        }
        coordinator.look(Cast.START);
    }

    @Test
    void i10ACertificateThatStandsWithoutItsQuorum() throws Exception {
        var coordinator = coordinator(new EventStore(new Chance(1)));
        RoundId round = certified(coordinator);
        var state = coordinator.rounds().get(round);
        var check = new TrustCheck(counts, 2);
        RoundRecord record = coordinator.record(round, state.deadline());
        check.requireCounts(round, state, record, setting.trust().trust());
        TrustRoot later = second(stolen(state.terms().builders().getFirst())).trust();
        breaks("I10", () -> check.requireCounts(round, state, record, later));
        String certificate = state.certificate().orElseThrow().envelope().hex();
        var revoked = new Revocation(Revocation.Kind.CERTIFICATE, certificate, Cast.START, "a trojan source");
        TrustRoot without = second(revoked).trust();
        breaks("I10", () -> check.requireCounts(round, state, record, without));
    }

    @Test
    void i10AVersionThatIsCalledReviewedAndWasNot() throws Exception {
        var store = new EventStore(new Chance(1));
        var coordinator = coordinator(store);
        RoundId round = certified(coordinator);
        BuilderId gone = coordinator.rounds().get(round).terms().builders().getFirst();
        assertTrue(coordinator.push(second(stolen(gone)), Cast.START));
        oracle.requireReviewed(coordinator);
        store.archive().reviewed(2);
        breaks("I10", () -> oracle.requireReviewed(coordinator));
    }

    @Test
    void i11AVersionThatIsForgottenOrIsTwo() throws Exception {
        var coordinator = coordinator(new EventStore(new Chance(1)));
        assertTrue(coordinator.push(second(stolen(B1)), Cast.START));
        assertFalse(coordinator.push(
                new RootHolders(new Chance(1)).forged(coordinator.trust(), Cast.CERTIFIER_KEY), Cast.START));
        oracle.requireKept(coordinator);
        breaks("I11", () -> oracle.requireKept(coordinator(new EventStore(new Chance(1)))));
        var check = new TrustCheck(counts, 2);
        check.adopted(second(stolen(B1)), coordinator.log());
        breaks("I11", () -> check.adopted(second(stolen(B2)), coordinator.log()));
    }

    @Test
    void i12ARevocationOrAReviewThatTheLogWasNotTold() throws Exception {
        var store = new EventStore(new Chance(1));
        var coordinator = coordinator(store);
        RoundId round = certified(coordinator);
        BuilderId gone = coordinator.rounds().get(round).terms().builders().getFirst();
        coordinator.push(second(stolen(gone)), Cast.START);
        review(coordinator);
        oracle.requireReviewed(coordinator);
        var state = coordinator.rounds().get(round);
        assertEquals(dev.quorate.tally.Verdict.INSUFFICIENT, state.verdict());
        var check = new TrustCheck(counts, 2);
        var review = state.review().orElseThrow();
        check.reviewed(round, review, store.archive(), coordinator.log());
        breaks("I12", () -> check.reviewed(round, review, new Archive(), coordinator.log()));
        breaks("I12", () -> check.reviewed(round, review, store.archive(), log(1)));
        coordinator.push(
                Cast.trust(3, coordinator.trust().builders(), List.of(stolen(B2)), Optional.empty()), Cast.START);
        store.archive().reviewed(3);
        breaks("I12", () -> oracle.requireReviewed(coordinator));
    }
}
