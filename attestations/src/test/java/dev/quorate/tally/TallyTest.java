package dev.quorate.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    private static final Outcome GOOD = Specs.built("good");
    private static final Outcome EVIL = Specs.built("evil");

    static RoundScript three(Policy policy) {
        return new RoundScript(policy, 0).builder("b1").builder("b2").builder("b3");
    }

    private static Outcome.Failed failed(FailureClass failure) {
        return new Outcome.Failed(failure, "no luck");
    }

    static Vote vote(Tally tally, String builder) {
        return tally.votes().stream()
                .filter(v -> v.builder().text().equals(builder))
                .findFirst()
                .orElseThrow();
    }

    static Tally closed(RoundScript script) {
        return script.tally(script.policy(), Openness.CLOSED);
    }

    @Test
    void threeOfThreeIsCertified() {
        Tally tally = closed(three(Policies.threshold(2)).open().agree(GOOD));
        assertEquals(Verdict.CERTIFIED, tally.verdict());
        assertEquals(3, tally.reached());
        assertEquals(GOOD.digest(), tally.winner().orElseThrow().digest());
        assertEquals("3 independent operators reproduced it, 2 were needed", tally.reason());
    }

    @Test
    void oneOtherResultContestsWhereDissentBlocks() {
        RoundScript script = three(Policies.threshold(2)).open();
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", EVIL);
        script.reveal("b1", GOOD).reveal("b2", GOOD).reveal("b3", EVIL);
        assertEquals(Verdict.CONTESTED, closed(script).verdict());
        assertTrue(closed(script).winner().isEmpty());
        assertTrue(closed(script).reason().contains("b3 made"));
    }

    @Test
    void oneOtherResultIsOnRecordWhereDissentIsRecorded() {
        RoundScript script = three(Policies.recorded(2)).open();
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", EVIL);
        script.reveal("b1", GOOD).reveal("b2", GOOD).reveal("b3", EVIL);
        assertEquals(Verdict.CERTIFIED, closed(script).verdict());
        assertTrue(closed(script).reason().contains("dissent is on record"));
        assertEquals(
                List.of("counts for op-b1", "counts for op-b2", "dissents for op-b3"),
                closed(script).votes().stream().map(Vote::reason).toList());
    }

    @Test
    void twoQuorumsAreContestedEvenWhereDissentIsRecorded() {
        RoundScript script = three(Policies.recorded(2)).builder("b4").open();
        List.of("b1", "b2").forEach(b -> script.commit(b, GOOD));
        List.of("b3", "b4").forEach(b -> script.commit(b, EVIL));
        List.of("b1", "b2").forEach(b -> script.reveal(b, GOOD));
        List.of("b3", "b4").forEach(b -> script.reveal(b, EVIL));
        assertEquals(Verdict.CONTESTED, closed(script).verdict());
    }

    @Test
    void aTieNeverCertifies() {
        RoundScript script = new RoundScript(Policies.recorded(2), 0)
                .builder("b1")
                .builder("b2")
                .open();
        script.commit("b1", GOOD).commit("b2", EVIL).reveal("b1", GOOD).reveal("b2", EVIL);
        assertEquals(Verdict.CONTESTED, closed(script).verdict());
    }

    @Test
    void silenceIsNeverConsent() {
        RoundScript script =
                three(Policies.threshold(3)).open().commit("b1", GOOD).commit("b2", GOOD);
        script.reveal("b1", GOOD).reveal("b2", GOOD);
        assertEquals(
                Verdict.PENDING, script.tally(script.policy(), Openness.OPEN).verdict());
        assertEquals(Verdict.INSUFFICIENT, closed(script).verdict());
        assertEquals("SILENT", vote(closed(script), "b3").outcome());
    }

    @Test
    void whoNeverRevealsIsNamedAndDoesNotCount() {
        RoundScript script = three(Policies.threshold(2)).open();
        script.commit("b1", GOOD)
                .commit("b2", GOOD)
                .commit("b3", GOOD)
                .reveal("b1", GOOD)
                .reveal("b2", GOOD);
        assertEquals(
                Verdict.PENDING, script.tally(script.policy(), Openness.OPEN).verdict());
        assertEquals(Verdict.CERTIFIED, closed(script).verdict());
        assertEquals("UNREVEALED", vote(closed(script), "b3").outcome());
        assertFalse(vote(closed(script), "b3").counted());
    }

    @Test
    void anOperatorHasOneVoteHoweverManyBuildersItRuns() {
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .builder("b1", "acme", "z1", "intel")
                .builder("b2", "acme", "z2", "amd")
                .open()
                .agree(GOOD);
        assertEquals(Verdict.INSUFFICIENT, closed(script).verdict());
        assertEquals(1, closed(script).reached());
        assertFalse(vote(closed(script), "b2").counted());
    }

    @Test
    void anOperatorWhoseBuildersDisagreeHasNoVote() {
        RoundScript script =
                three(Policies.recorded(2)).builder("b4", "op-b3", "z", "amd").open();
        List.of("b1", "b2", "b3").forEach(b -> script.commit(b, GOOD));
        script.commit("b4", EVIL);
        List.of("b1", "b2", "b3").forEach(b -> script.reveal(b, GOOD));
        script.reveal("b4", EVIL);
        assertEquals(2, closed(script).reached());
        assertFalse(vote(closed(script), "b3").counted());
        assertFalse(vote(closed(script), "b4").counted());
    }

    @Test
    void zonesAndVendorsArePartOfTheQuorum() {
        Policy zones = Policies.distinct(2, new Distinct(2, 1, 1));
        RoundScript oneZone = new RoundScript(zones, 0)
                .builder("b1", "o1", "z", "intel")
                .builder("b2", "o2", "z", "amd")
                .open()
                .agree(GOOD);
        assertEquals(Verdict.INSUFFICIENT, closed(oneZone).verdict());
        Policy vendors = Policies.distinct(2, new Distinct(1, 2, 1));
        assertEquals(Verdict.CERTIFIED, oneZone.tally(vendors, Openness.CLOSED).verdict());
        Policy hosts = Policies.distinct(2, new Distinct(1, 1, 2));
        assertEquals(Verdict.INSUFFICIENT, oneZone.tally(hosts, Openness.CLOSED).verdict());
    }

    @Test
    void unmeasuredHostsDoNotCountWhereMeasuredOnesAreAsked() {
        Tally tally = three(Policies.threshold(2)).open().agree(GOOD).tally(Policies.measured(2), Openness.CLOSED);
        assertEquals(Verdict.INSUFFICIENT, tally.verdict());
        assertTrue(vote(tally, "b1").reason().contains("measured"));
    }

    @Test
    void equivocationVoidsBothVotes() {
        RoundScript script = three(Policies.threshold(2)).open();
        List.of("b1", "b2", "b3").forEach(b -> script.commit(b, GOOD));
        List.of("b1", "b2", "b3").forEach(b -> script.reveal(b, GOOD));
        script.reveal("b3", EVIL);
        assertEquals("EQUIVOCATED", vote(closed(script), "b3").outcome());
        assertEquals(Verdict.CERTIFIED, closed(script).verdict());
        assertEquals(2, closed(script).reached());
    }

    @Test
    void committingTwiceToDifferentResultsVoidsTheVote() {
        RoundScript script = three(Policies.threshold(2)).open();
        List.of("b1", "b2", "b3").forEach(b -> script.commit(b, GOOD));
        script.commit("b3", EVIL);
        List.of("b1", "b2", "b3").forEach(b -> script.reveal(b, GOOD));
        assertEquals("EQUIVOCATED", vote(closed(script), "b3").outcome());
    }

    @Test
    void revealingSomethingElseThanWasCommittedToDoesNotCount() {
        RoundScript script = three(Policies.threshold(2)).open();
        List.of("b1", "b2").forEach(b -> script.commit(b, GOOD));
        script.commit("b3", EVIL);
        List.of("b1", "b2", "b3").forEach(b -> script.reveal(b, GOOD));
        assertEquals(2, closed(script).reached());
        assertTrue(vote(closed(script), "b3").reason().contains("something else"));
    }

    @Test
    void aCopierWhoCommitsAfterTheFirstRevealDoesNotCount() {
        RoundScript script = three(Policies.threshold(3)).open();
        script.commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD).reveal("b2", GOOD);
        script.commit("b3", GOOD).reveal("b3", GOOD);
        assertEquals(Verdict.INSUFFICIENT, closed(script).verdict());
        assertTrue(vote(closed(script), "b3").reason().contains("after another builder's reveal"));
    }

    @Test
    void aResultWithoutACommitmentDoesNotCount() {
        RoundScript script = three(Policies.threshold(2)).open();
        script.commit("b1", GOOD).reveal("b1", GOOD).reveal("b2", GOOD);
        assertTrue(vote(closed(script), "b2").reason().contains("without a commitment"));
    }

    @Test
    void aCommitmentBeforeTheOpeningDoesNotCount() {
        RoundScript script = three(Policies.threshold(2)).commit("b1", GOOD).open();
        script.commit("b2", GOOD).reveal("b1", GOOD).reveal("b2", GOOD);
        assertTrue(vote(closed(script), "b1").reason().contains("before the round was opened"));
    }

    @Test
    void nobodyCommitsForAnother() {
        RoundScript script = three(Policies.threshold(2)).open();
        script.commitAs("b2", "b1", EVIL).commit("b1", GOOD).commit("b2", GOOD);
        script.reveal("b1", GOOD).reveal("b2", GOOD);
        // The forged commitment is not b1's: b1 has equivocated in nobody's eyes.
        assertFalse(vote(closed(script), "b1").outcome().equals("EQUIVOCATED"));
    }

    @Test
    void otherInputsThanTheSpecPinsDoNotCount() {
        RoundScript script = three(Policies.threshold(2)).open();
        List.of("b1", "b2", "b3").forEach(b -> script.commit(b, GOOD));
        List.of("b1", "b2").forEach(b -> script.reveal(b, GOOD));
        script.reveal("b3", GOOD, List.of(new Dependency("pkg:deb/debian/gcc@13?arch=amd64", Sha256.of("other"))));
        assertTrue(vote(closed(script), "b3").reason().contains("other inputs"));
    }

    @Test
    void strangersAndBuildersWhoWereNotEnrolledDoNotVote() {
        RoundScript script = three(Policies.threshold(3))
                .open(List.of(new BuilderId("b1"), new BuilderId("b2")))
                .agree(GOOD);
        assertEquals(2, closed(script).votes().size());
        assertEquals(Verdict.INSUFFICIENT, closed(script).verdict());
    }

    @Test
    void aRevokedKeyDoesNotCountFromThenOn() {
        RoundScript before = three(Policies.threshold(3)).open().agree(GOOD);
        before.revoke(Revocation.Kind.BUILDER, "b3", RoundScript.START.plusSeconds(61));
        assertEquals(Verdict.CERTIFIED, closed(before).verdict());
        before.revoke(Revocation.Kind.KEY, before.builderKey("b2").id().hex(), RoundScript.START.plusSeconds(60));
        assertEquals(Verdict.INSUFFICIENT, closed(before).verdict());
        assertTrue(vote(closed(before), "b2").reason().contains("revoked"));
    }

    /** A vote rests on two statements, and b2 signed the first of them with another key. */
    private static RoundScript committedWithAnotherKey(RoundScript script, Optional<Instant> until) {
        script.anotherKey("b2", until);
        script.open().commit("b1", GOOD).commit("b2", GOOD).commit("b3", GOOD);
        script.speak("b2", script.builderSigner("b2"));
        return script.reveal("b1", GOOD).reveal("b2", GOOD).reveal("b3", GOOD);
    }

    @Test
    void aCommitmentWithARevokedKeyBindsNobody() {
        RoundScript script = committedWithAnotherKey(three(Policies.threshold(3)), Optional.empty());
        String key = script.commitments().get(1).signedBy().id().hex();
        script.revoke(Revocation.Kind.KEY, key, RoundScript.START.plusSeconds(61));
        assertEquals(Verdict.CERTIFIED, closed(script).verdict());
        script.revoke(Revocation.Kind.KEY, key, RoundScript.START.plusSeconds(60));
        assertEquals(Verdict.INSUFFICIENT, closed(script).verdict());
        assertEquals(
                "the key of its commitment was not valid, or was revoked, when the commitment was logged",
                vote(closed(script), "b2").reason());
    }

    @Test
    void aCommitmentWithAKeyThatHasEndedBindsNobody() {
        Instant time = RoundScript.START.plusSeconds(60);
        RoundScript since = committedWithAnotherKey(three(Policies.threshold(3)), Optional.of(time.plusNanos(1)));
        assertEquals(Verdict.CERTIFIED, closed(since).verdict());
        RoundScript before = committedWithAnotherKey(three(Policies.threshold(3)), Optional.of(time));
        assertEquals(Verdict.INSUFFICIENT, closed(before).verdict());
    }

    /** Whoever was bound to two results stays so: a revocation only ever takes votes away. */
    @Test
    void aRevokedKeyStillEquivocates() {
        RoundScript script = three(Policies.threshold(3)).open().commit("b2", GOOD);
        String key = script.anotherKey("b2", Optional.empty()).publicKey().id().hex();
        script.commit("b2", EVIL).revoke(Revocation.Kind.KEY, key, RoundScript.START);
        assertEquals("EQUIVOCATED", vote(closed(script), "b2").outcome());
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"BUILD_FAILED", "RESOURCE_LIMIT"})
    void aBuildThatFailsEverywhereFailed(FailureClass failure) {
        assertEquals(
                Verdict.FAILED,
                closed(three(Policies.threshold(2)).open().agree(failed(failure)))
                        .verdict());
    }

    @Test
    void brokenMachinesAreNotAFailedBuild() {
        Tally tally = closed(three(Policies.threshold(2)).open().agree(failed(FailureClass.INFRASTRUCTURE)));
        assertEquals(Verdict.INSUFFICIENT, tally.verdict());
    }

    @Test
    void aFailureIsNoDissent() {
        RoundScript script = three(Policies.threshold(2)).open();
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", failed(FailureClass.BUILD_FAILED));
        script.reveal("b1", GOOD).reveal("b2", GOOD).reveal("b3", failed(FailureClass.BUILD_FAILED));
        assertEquals(Verdict.CERTIFIED, closed(script).verdict());
        assertEquals("BUILD_FAILED", vote(closed(script), "b3").outcome());
    }

    @Test
    void aRetryMakesUpForAnInfrastructureFailure() {
        RoundScript script = three(Policies.threshold(3)).open().reveal("b3", failed(FailureClass.INFRASTRUCTURE));
        assertEquals(Verdict.CERTIFIED, closed(script.agree(GOOD)).verdict());
    }

    @Test
    void aThresholdBeyondTheEnrolledSetIsInsufficient() {
        Tally tally = three(Policies.threshold(2)).open().agree(GOOD).tally(Policies.threshold(4), Openness.CLOSED);
        assertEquals(Verdict.INSUFFICIENT, tally.verdict());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void orderAndRepetitionChangeNothing(long seed) {
        RoundScript script =
                three(Policies.recorded(2)).builder("b4", "op-b1", "z", "amd").open();
        List.of("b1", "b2", "b4").forEach(b -> script.commit(b, GOOD));
        script.commit("b3", EVIL).reveal("b3", EVIL).reveal("b3", GOOD);
        List.of("b1", "b2", "b4").forEach(b -> script.reveal(b, GOOD));
        RoundRecord record = script.record();
        Tally straight = Tally.of(script.policy(), script.trust(), record, Openness.CLOSED);
        var random = new Random(seed);
        var commitments = new ArrayList<>(record.commitments());
        commitments.addAll(record.commitments());
        Collections.shuffle(commitments, random);
        var proofs = new ArrayList<>(record.proofs());
        proofs.addAll(record.proofs());
        Collections.shuffle(proofs, random);
        var shuffled = new RoundRecord(record.opening(), commitments, proofs, record.time());
        assertEquals(straight, Tally.of(script.policy(), script.trust(), shuffled, Openness.CLOSED));
    }
}
