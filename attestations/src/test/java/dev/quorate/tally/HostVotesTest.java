package dev.quorate.tally;

import static dev.quorate.tally.TallyTest.closed;
import static dev.quorate.tally.TallyTest.vote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.host.HostEvidence;
import dev.quorate.policy.Assurance;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.Tpm2Profile;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a machine's evidence makes of its builder's vote. */
class HostVotesTest {
    private static final Outcome GOOD = Specs.built("good");

    private final SoftTpm first = new SoftTpm("t1").measure(7, "secure boot");
    private final SoftTpm second = new SoftTpm("t2").measure(7, "secure boot");

    private RoundScript two(Policy policy) {
        var profile = new Tpm2Profile("p", List.of(new PcrReference(7, List.of(first.pcr(7)))), List.of(), false);
        return new RoundScript(policy, 0)
                .profile(profile)
                .measured("b1", first)
                .measured("b2", second)
                .open();
    }

    private static String host(Tally tally, String builder) {
        return vote(tally, builder)
                .host()
                .map(host -> host.json().members().get("profile") + " " + host.id())
                .orElse("none");
    }

    @Test
    void aVoteSaysWhichMachineIsBehindIt() {
        RoundScript script = two(Policies.threshold(2)).attest("b1", first, 7).agree(GOOD);
        Tally tally = closed(script);
        assertEquals("Str[value=p] " + first.host("p").id(), host(tally, "b1"));
        assertEquals(Assurance.MEASURED, vote(tally, "b1").assurance());
        assertEquals("none", host(tally, "b2"));
        assertEquals(Assurance.NONE, vote(tally, "b2").assurance());
    }

    @Test
    void aMachineIsKnownBeforeItsBuilderVotes() {
        Tally tally = closed(two(Policies.threshold(2)).attest("b1", first, 7));
        assertEquals("SILENT", vote(tally, "b1").outcome());
        assertEquals("Str[value=p] " + first.host("p").id(), host(tally, "b1"));
        assertEquals("none", host(tally, "b2"));
    }

    @Test
    void whoWasRefusedAndSaidNothingIsNamedAsThat() {
        RoundScript script = two(Policies.threshold(2)).attest("b1", first.extend(7, "another key"), 7);
        Vote refused = vote(closed(script), "b1");
        assertEquals("UNATTESTED", refused.outcome());
        assertTrue(refused.reason().startsWith("the evidence of its host was refused: "), refused::reason);
        assertEquals("SILENT", vote(closed(script), "b2").outcome());
    }

    @Test
    void theNewestRefusalIsTheOneThatIsTold() {
        RoundScript script = two(Policies.threshold(2)).attest("b1", first.extend(7, "another key"), 7);
        Signer voice = RoundScript.stranger();
        script.show("b1", voice, second.quote(binding(script, "b1", voice), 7));
        Vote refused = vote(closed(script), "b1");
        assertTrue(refused.reason().contains("HOST_UNKNOWN"), refused::reason);
    }

    private static Sha256 binding(RoundScript script, String builder, Signer voice) {
        return HostEvidence.binding(new BuilderId(builder), script.occasion(), voice.publicKey());
    }

    /** A commitment by a measured machine, and a proof by the key that is not tied to any. */
    @Test
    void aVoteIsWorthWhatTheLesserOfItsTwoStatementsIs() {
        RoundScript script = two(Policies.threshold(2)).attest("b1", first, 7);
        script.commit("b1", GOOD).speak("b1", script.builderSigner("b1")).reveal("b1", GOOD);
        assertEquals(Assurance.NONE, vote(closed(script), "b1").assurance());
        RoundScript other = two(Policies.threshold(2)).commit("b1", GOOD);
        other.attest("b1", first, 7).reveal("b1", GOOD);
        assertEquals(Assurance.NONE, vote(closed(other), "b1").assurance());
    }

    /** A key of one round is in no trust root, and can be revoked all the same. */
    @Test
    void aCommitmentWithARevokedKeyOfOneRoundBindsNobody() {
        RoundScript script = two(Policies.threshold(2)).attest("b1", first, 7).commit("b1", GOOD);
        script.speak("b1", script.builderSigner("b1")).reveal("b1", GOOD);
        assertEquals("counts for op-b1", vote(closed(script), "b1").reason());
        String key = script.commitments().getFirst().signedBy().id().hex();
        script.revoke(Revocation.Kind.KEY, key, RoundScript.START);
        Vote vote = vote(closed(script), "b1");
        assertFalse(vote.counted());
        assertTrue(vote.reason().startsWith("the key of its commitment was not valid, or was revoked"), vote::reason);
    }

    /** A builder that moves is where it revealed. */
    @Test
    void ofTwoEqualStatementsTheProofSaysWhichMachineItIs() {
        SoftTpm third = new SoftTpm("t3").measure(7, "secure boot");
        RoundScript script = two(Policies.threshold(2)).machine("b1", third);
        script.attest("b1", first, 7).commit("b1", GOOD).attest("b1", third, 7).reveal("b1", GOOD);
        Tally tally = closed(script);
        assertEquals("BUILT", vote(tally, "b1").outcome());
        assertEquals(Assurance.MEASURED, vote(tally, "b1").assurance());
        assertEquals("Str[value=p] " + third.host("p").id(), host(tally, "b1"));
    }

    @Test
    void evidenceSpeaksForNoOtherBuilder() {
        Signer voice = RoundScript.stranger();
        RoundScript before = two(Policies.threshold(2));
        before.show("b1", voice, first.quote(binding(before, "b1", voice), 7));
        before.speak("b2", voice).commit("b2", GOOD).reveal("b2", GOOD);
        RoundScript after = two(Policies.threshold(2));
        after.speak("b2", voice).commit("b2", GOOD).reveal("b2", GOOD);
        after.show("b1", voice, first.quote(binding(after, "b1", voice), 7));
        for (RoundScript script : List.of(before, after)) {
            for (String silent : List.of("b1", "b2")) {
                Vote vote = vote(closed(script), silent);
                assertEquals("SILENT", vote.outcome());
                assertEquals("has said nothing", vote.reason());
            }
        }
    }

    /** The commitment is by the key that is not tied to any machine. */
    @Test
    void aProofByAKeyWhoseEvidenceCameLaterIsToldAsThat() {
        RoundScript script = two(Policies.threshold(2)).commit("b1", GOOD);
        Signer late = RoundScript.stranger();
        script.speak("b1", late).reveal("b1", GOOD);
        script.show("b1", late, first.quote(binding(script, "b1", late), 7));
        Vote vote = vote(closed(script), "b1");
        assertEquals("UNATTESTED", vote.outcome());
        assertTrue(vote.reason().contains("EVIDENCE_LATE"), vote::reason);
    }

    /** b1 says something by a key whose evidence is refused; b2 only shows bad evidence by another key. */
    @Test
    void whatWasSaidByARefusedKeyIsToldOfItsOwnBuilder() {
        RoundScript script = two(Policies.threshold(2));
        script.attest("b1", first, 7).commit("b1", GOOD);
        Signer late = RoundScript.stranger();
        script.speak("b2", late).commit("b2", GOOD);
        script.show("b2", late, second.quote(binding(script, "b2", late), 7)).reveal("b2", GOOD);
        Tally tally = closed(script);
        assertEquals("UNREVEALED", vote(tally, "b1").outcome());
        Vote vote = vote(tally, "b2");
        assertTrue(vote.reason().contains("EVIDENCE_LATE"), vote::reason);
    }

    /** A stranger's word in a builder's name is not what evidence of that builder was refused for. */
    @Test
    void aStrangersWordHasNoEvidence() {
        RoundScript script = two(Policies.threshold(2));
        script.attest("b1", first.extend(7, "another key"), 7);
        script.speak("b1", RoundScript.stranger()).commit("b1", GOOD);
        Vote refused = vote(closed(script), "b1");
        assertEquals("UNATTESTED", refused.outcome());
        RoundScript quiet = two(Policies.threshold(2));
        quiet.speak("b1", RoundScript.stranger()).commit("b1", GOOD);
        assertEquals("SILENT", vote(closed(quiet), "b1").outcome());
    }

    @Test
    void evidenceAtTheSamePlaceAsWhatItVouchesForIsNotBeforeIt() {
        RoundScript script = two(Policies.measured(2))
                .attest("b1", first, 7)
                .attest("b2", second, 7)
                .agree(GOOD);
        assertEquals(Verdict.CERTIFIED, closed(script).verdict());
        RoundRecord record = script.record();
        List<Logged<HostEvidence>> moved = record.evidence().stream()
                .map(e -> e.value().builder().text().equals("b2") ? at(commitment(record), e) : e)
                .toList();
        var same = new RoundRecord(
                record.opening(), moved, record.changes(), record.commitments(), record.proofs(), record.time());
        Tally tally = Tally.of(script.policy(), script.trust(), same, Openness.CLOSED);
        assertEquals(Verdict.INSUFFICIENT, tally.verdict());
    }

    private static long commitment(RoundRecord record) {
        return record.commitments().stream()
                .filter(c -> c.value().builder().text().equals("b2"))
                .findFirst()
                .orElseThrow()
                .index();
    }

    private static <T> Logged<T> at(long index, Logged<T> logged) {
        return new Logged<>(logged.value(), logged.signedBy(), index, logged.digest());
    }

    @Test
    void whatALargeEnoughGroupLacksIsNamed() {
        assertEquals(
                "the agreeing operators share too few CPU vendors, and no more votes can come",
                reason(new Distinct(2, 2, 1), "intel", "intel"));
        assertEquals(
                "the agreeing operators share too few attested hosts, and no more votes can come",
                reason(new Distinct(2, 2, 2), "intel", "amd"));
    }

    private static String reason(Distinct distinct, String one, String other) {
        RoundScript script = new RoundScript(Policies.distinct(2, distinct), 0)
                .builder("b1", "o1", "z1", one)
                .builder("b2", "o2", "z2", other)
                .open()
                .agree(GOOD);
        return closed(script).reason();
    }

    /** Where the log put two statements at one place, neither is before the other. */
    @Test
    void theOrderOfALogIsStrict() {
        RoundScript script = TallyTest.three(Policies.threshold(2)).open().agree(GOOD);
        RoundRecord record = script.record();
        long opening = record.opening().index();
        assertTrue(reason(script, c -> at(opening, c)).contains("before the round was opened"));
        long reveal = proof(record, "b3").index();
        assertTrue(reason(script, c -> at(reveal, c)).contains("before its own commitment"));
        long earliest = proof(record, "b1").index();
        assertEquals("counts for op-b3", reason(script, c -> at(earliest, c)));
    }

    private static Logged<BuildProof> proof(RoundRecord record, String builder) {
        return record.proofs().stream()
                .filter(p -> p.value().builder().text().equals(builder))
                .findFirst()
                .orElseThrow();
    }

    /** What is said of b3's vote when its commitment is elsewhere in the log. */
    private static String reason(RoundScript script, UnaryOperator<Logged<Commitment>> commitment) {
        RoundRecord record = script.record();
        BuilderId b3 = new BuilderId("b3");
        List<Logged<Commitment>> commitments = record.commitments().stream()
                .map(c -> c.value().builder().equals(b3) ? commitment.apply(c) : c)
                .toList();
        long index = commitments.stream()
                .filter(c -> c.value().builder().equals(b3))
                .findFirst()
                .orElseThrow()
                .index();
        List<Logged<BuildProof>> proofs = record.proofs().stream()
                .map(p -> p.value().builder().equals(b3)
                        ? new Logged<>(TallyEdgesTest.pointingTo(index, p.value()), p.signedBy(), p.index(), p.digest())
                        : p)
                .toList();
        var moved = new RoundRecord(record.opening(), commitments, proofs, record.time());
        return vote(Tally.of(script.policy(), script.trust(), moved, Openness.CLOSED), "b3")
                .reason();
    }

    @Test
    void whoFailsOrDoesNotCountHasAMachineToo() {
        RoundScript script = two(Policies.threshold(2)).attest("b1", first, 7);
        script.reveal("b1", new Outcome.Failed(FailureClass.INFRASTRUCTURE, "no luck"));
        assertEquals(Optional.of("p"), vote(closed(script), "b1").host().map(AttestedHost::profile));
    }
}
