package dev.quorate.tally;

import static dev.quorate.tally.TallyTest.closed;
import static dev.quorate.tally.TallyTest.three;
import static dev.quorate.tally.TallyTest.vote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The tally at its edges: strays, order, and just enough. */
class TallyEdgesTest {
    private static final Outcome GOOD = Specs.built("good");
    private static final Outcome EVIL = Specs.built("evil");

    @Test
    void aProofOfAnotherRoundIsNotLookedAt() {
        RoundScript here = three(Policies.threshold(2)).open();
        here.commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD);
        RoundScript elsewhere = here.another(2, Specs.hello("1.0")).open().agree(GOOD);
        RoundScript other = here.another(1, Specs.hello("2.0")).open().agree(EVIL);
        for (RoundScript stray : List.of(elsewhere, other)) {
            RoundRecord mixed = with(here.record(), stray.commitments(), stray.proofs());
            Tally tally = Tally.of(here.policy(), here.trust(), mixed, Openness.CLOSED);
            assertEquals(1, tally.reached());
            assertEquals("UNREVEALED", vote(tally, "b2").outcome());
            assertEquals("SILENT", vote(tally, "b3").outcome());
        }
    }

    private static RoundRecord with(
            RoundRecord record, List<Logged<Commitment>> commitments, List<Logged<BuildProof>> proofs) {
        List<Logged<Commitment>> allCommitments = new ArrayList<>(record.commitments());
        allCommitments.addAll(commitments);
        List<Logged<BuildProof>> allProofs = new ArrayList<>(record.proofs());
        allProofs.addAll(proofs);
        return new RoundRecord(record.opening(), allCommitments, allProofs, record.time());
    }

    @Test
    void nobodyProvesForAnother() {
        RoundScript script = three(Policies.threshold(2)).open();
        script.commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD).reveal("b2", GOOD);
        RoundRecord record = script.record();
        List<Logged<BuildProof>> forged = record.proofs().stream()
                .map(p -> new Logged<>(p.value(), script.builderKey("b1"), p.index(), p.digest()))
                .toList();
        var stolen = new RoundRecord(record.opening(), record.commitments(), forged, record.time());
        Tally tally = Tally.of(script.policy(), script.trust(), stolen, Openness.CLOSED);
        assertEquals(Verdict.INSUFFICIENT, tally.verdict());
        assertEquals("UNREVEALED", vote(tally, "b2").outcome());
    }

    @Test
    void aProofLoggedBeforeItsOwnCommitmentDoesNotCount() {
        RoundScript script = three(Policies.threshold(2)).open().agree(GOOD);
        RoundRecord record = script.record();
        List<Logged<Commitment>> late = record.commitments().stream()
                .map(c -> c.value().builder().equals(new BuilderId("b3"))
                        ? new Logged<>(c.value(), c.signedBy(), 99, c.digest())
                        : c)
                .toList();
        List<Logged<BuildProof>> proofs = record.proofs().stream()
                .map(p -> p.value().builder().equals(new BuilderId("b3"))
                        ? new Logged<>(pointingTo(99, p.value()), p.signedBy(), p.index(), p.digest())
                        : p)
                .toList();
        var reordered = new RoundRecord(record.opening(), late, proofs, record.time());
        Tally tally = Tally.of(script.policy(), script.trust(), reordered, Openness.CLOSED);
        assertTrue(vote(tally, "b3").reason().contains("before its own commitment"), vote(tally, "b3")::reason);
    }

    static BuildProof pointingTo(long commitment, BuildProof p) {
        return new BuildProof(
                p.spec(),
                p.round(),
                p.builder(),
                p.outcome(),
                p.nonce(),
                OptionalLong.of(commitment),
                p.inputs(),
                p.log(),
                p.environment(),
                p.started(),
                p.finished());
    }

    @Test
    void justEnoughOutstandingBuildersKeepARoundPending() {
        RoundScript script = new RoundScript(Policies.recorded(2), 0)
                .builder("b1")
                .builder("b2")
                .open();
        Tally nobody = script.tally(script.policy(), Openness.OPEN);
        assertEquals(Verdict.PENDING, nobody.verdict());
        assertEquals("waiting for b1, b2", nobody.reason());
        assertEquals(
                Verdict.INSUFFICIENT,
                script.tally(Policies.recorded(3), Openness.OPEN).verdict());
    }

    @Test
    void aRecordedDissentDelaysOnlyWhileItCouldBecomeASecondQuorum() {
        RoundScript script = three(Policies.recorded(2)).builder("b4").open();
        script.commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD).reveal("b2", GOOD);
        assertEquals(
                Verdict.PENDING, script.tally(script.policy(), Openness.OPEN).verdict());
        script.commit("b3", EVIL).reveal("b3", EVIL);
        Tally tally = script.tally(script.policy(), Openness.OPEN);
        assertEquals(Verdict.CERTIFIED, tally.verdict());
        assertEquals(Optional.of(GOOD), tally.winner().map(Outcome.Built::new));
    }

    @Test
    void anOperatorThatHasVotedCannotBringMore() {
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .builder("b1", "acme", "z1", "intel")
                .builder("b2", "acme", "z2", "intel")
                .open();
        script.commit("b1", GOOD).reveal("b1", GOOD);
        assertEquals(
                Verdict.INSUFFICIENT,
                script.tally(script.policy(), Openness.OPEN).verdict());
    }

    @Test
    void theReasonSaysWhatTheQuorumLacks() {
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .builder("b1", "o1", "z", "intel")
                .builder("b2", "o2", "z", "intel")
                .open()
                .agree(GOOD);
        assertTrue(reason(script, Policies.threshold(3)).startsWith("2 of the needed 3 operators agree"));
        assertTrue(reason(script, Policies.distinct(2, new Distinct(2, 1, 1))).contains("too few zones"));
        assertTrue(reason(script, Policies.distinct(2, new Distinct(1, 2, 1))).contains("too few CPU vendors"));
        assertTrue(reason(script, Policies.distinct(2, new Distinct(1, 1, 2))).contains("too few attested hosts"));
    }

    private static String reason(RoundScript script, Policy policy) {
        return script.tally(policy, Openness.CLOSED).reason();
    }

    @Test
    void aVoteSaysWhyItsOperatorVotesThroughAnother() {
        RoundScript script = new RoundScript(Policies.recorded(2), 0)
                .builder("b1", "acme", "z1", "intel")
                .builder("b2", "acme", "z2", "amd")
                .builder("b3")
                .builder("b4", "op-b3", "z", "amd")
                .builder("b5")
                .open();
        script.commit("b1", GOOD)
                .commit("b2", GOOD)
                .commit("b3", GOOD)
                .commit("b4", EVIL)
                .commit("b5", GOOD);
        script.reveal("b1", GOOD)
                .reveal("b2", GOOD)
                .reveal("b3", GOOD)
                .reveal("b4", EVIL)
                .reveal("b5", GOOD);
        assertTrue(vote(closed(script), "b2").reason().startsWith("one vote an operator"));
        assertTrue(vote(closed(script), "b4").reason().startsWith("the builders of op-b3 disagree"));
    }

    @Test
    void aBuilderThatTheTrustRootDoesNotNameIsUntrusted() {
        RoundScript script = three(Policies.threshold(2)).open().agree(GOOD).distrust("b3");
        assertEquals("UNTRUSTED", vote(closed(script), "b3").outcome());
        assertEquals(Verdict.CERTIFIED, closed(script).verdict());
    }

    @Test
    void theQuorumWinsAndIsCountedThoughALargerGroupLacksZones() {
        Policy recorded = Policies.recorded(2);
        var zones = new Policy(2, new Distinct(2, 1, 1), recorded.hosts(), recorded.dissent(), 0, recorded.freshness());
        RoundScript script = new RoundScript(zones, 0)
                .builder("b1", "o1", "z", "intel")
                .builder("b2", "o2", "z", "intel")
                .builder("b3", "o3", "z", "intel")
                .builder("b4", "o4", "y", "intel")
                .builder("b5", "o5", "x", "intel")
                .open();
        List.of("b1", "b2", "b3").forEach(b -> script.commit(b, EVIL));
        List.of("b4", "b5").forEach(b -> script.commit(b, GOOD));
        List.of("b1", "b2", "b3").forEach(b -> script.reveal(b, EVIL));
        List.of("b4", "b5").forEach(b -> script.reveal(b, GOOD));
        Tally tally = closed(script);
        assertEquals(Verdict.CERTIFIED, tally.verdict());
        assertEquals(Optional.of(GOOD), tally.winner().map(Outcome.Built::new));
        assertEquals(2, tally.reached());
    }

    @Test
    void aBrokenMachineAfterACommitmentLeavesItUnrevealed() {
        var broken = new Outcome.Failed(FailureClass.INFRASTRUCTURE, "power cut");
        RoundScript script = three(Policies.threshold(2)).open().commit("b1", GOOD);
        script.reveal("b1", broken).reveal("b2", broken);
        assertEquals("UNREVEALED", vote(closed(script), "b1").outcome());
        assertEquals("INFRASTRUCTURE", vote(closed(script), "b2").outcome());
    }

    @Test
    void aVoteThatDoesNotCountStillShowsItsResult() {
        RoundScript script = three(Policies.threshold(2)).open().reveal("b1", GOOD);
        Vote vote = vote(closed(script), "b1");
        assertEquals(Optional.of(GOOD.digest()), vote.outputs());
        assertEquals(false, vote.counted());
    }
}
