package dev.quorate.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.CanonicalJson;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.policy.Policy;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.Release;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final Outcome GOOD = Specs.built("good");
    private static final Outcome EVIL = Specs.built("evil");
    private static final Instant NOW = RoundScript.START.plusSeconds(3600);
    private static final List<Artifact> ARTIFACT = List.of(new Artifact("hello", Sha256.of("good")));

    private static RoundScript three(Policy policy, int witnesses) {
        return new RoundScript(policy, witnesses).builder("b1").builder("b2").builder("b3");
    }

    private static RoundScript certified() {
        return three(Policies.threshold(2), 0).open().agree(GOOD).certify();
    }

    private static Report check(RoundScript script) {
        return check(script, script.kit());
    }

    private static Report check(RoundScript script, byte[] kit) {
        return new Verifier(script.signedTrust(), script.policy(), NOW, Optional.empty())
                .verify(ARTIFACT, kit, "hello.sigstore.jsonl");
    }

    private static byte[] without(RoundScript script, int line) {
        List<Bundle> bundles = new ArrayList<>(script.bundles());
        bundles.remove(line);
        return new Kit(bundles).bytes();
    }

    private static void assertRefused(RefusalCode code, Report report) {
        assertEquals(
                List.of(code), report.refusals().stream().map(Refusal::code).toList());
        assertEquals(Report.Outcome.REFUSED, report.outcome());
    }

    @Test
    void aCertifiedArtifactIsVerified() {
        Report report = check(certified());
        assertEquals(Report.Outcome.VERIFIED, report.outcome(), report.refusals()::toString);
        assertEquals(3, report.reached());
        assertEquals("certifier", report.timeSource());
    }

    @Test
    void withoutACertificateTheTimeIsNobodysWord() {
        Report report = check(three(Policies.threshold(2), 0).open().commit("b1", GOOD));
        assertEquals(Report.Outcome.UNDECIDED, report.outcome(), report.refusals()::toString);
        assertEquals("clock", report.timeSource());
        assertEquals(Optional.of(NOW), report.time());
        assertTrue(report.notes().contains("there is no certificate, so the time is that of the clock here"));
    }

    @Test
    void witnessesGiveTheTime() {
        RoundScript script =
                three(Policies.witnessed(2, 2), 3).open().agree(GOOD).certify();
        Report report = check(script);
        assertEquals(Report.Outcome.VERIFIED, report.outcome(), report.refusals()::toString);
        assertEquals("witnesses", report.timeSource());
        assertEquals(Optional.of(RoundScript.START.plusSeconds(90)), report.time());
        assertEquals(3, report.log().orElseThrow().witnesses().size());
    }

    @Test
    void tooFewWitnesses() {
        RoundScript script =
                three(Policies.witnessed(2, 2), 1).open().agree(GOOD).certify();
        assertRefused(RefusalCode.WITNESSES_TOO_FEW, check(script));
    }

    @Test
    void anotherFileIsNotAnArtifactOfTheRound() {
        RoundScript script = certified();
        Report report = new Verifier(script.signedTrust(), script.policy(), NOW, Optional.empty())
                .verify(List.of(new Artifact("hello", Sha256.of("evil"))), script.kit(), "kit");
        assertRefused(RefusalCode.ARTIFACT_UNKNOWN, report);
    }

    @Test
    void anOldReleaseDoesNotPassAsTheNewOne() {
        RoundScript script = certified();
        Report report = new Verifier(
                        script.signedTrust(), script.policy(), NOW, Optional.of(Release.parse("hello@2.0")))
                .verify(ARTIFACT, script.kit(), "kit");
        assertRefused(RefusalCode.RELEASE_MISMATCH, report);
    }

    @Test
    void theUsersOwnPolicyDecides() {
        RoundScript script = certified();
        Report report = new Verifier(script.signedTrust(), Policies.threshold(4), NOW, Optional.empty())
                .verify(ARTIFACT, script.kit(), "kit");
        assertRefused(RefusalCode.INSUFFICIENT, report);
    }

    @Test
    void aLaxUserCannotLoosenTheCertifiersVerdict() {
        RoundScript script = three(Policies.threshold(2), 0).open();
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", EVIL);
        script.reveal("b1", GOOD).reveal("b2", GOOD).reveal("b3", EVIL).certify();
        assertRefused(RefusalCode.CONTESTED, check(script));
        Report lax = new Verifier(script.signedTrust(), Policies.recorded(2), NOW, Optional.empty())
                .verify(ARTIFACT, script.kit(), "kit");
        assertRefused(RefusalCode.CERTIFICATE_MISMATCH, lax);
    }

    @Test
    void withoutACertificateItIsUndecided() {
        RoundScript script = three(Policies.threshold(2), 0).open().agree(GOOD);
        assertEquals(Report.Outcome.UNDECIDED, check(script).outcome());
        RoundScript started = three(Policies.threshold(2), 0).open().commit("b1", GOOD);
        assertEquals(Report.Outcome.UNDECIDED, check(started).outcome());
    }

    @Test
    void aDissentThatTheKitLeavesOutIsMissed() {
        RoundScript script = three(Policies.recorded(2), 0).open();
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", EVIL);
        script.reveal("b1", GOOD).reveal("b2", GOOD).reveal("b3", EVIL).certify();
        assertEquals(Report.Outcome.VERIFIED, check(script).outcome());
        assertRefused(RefusalCode.PROOF_MISSING, check(script, without(script, 6)));
    }

    @Test
    void aForgedCertificateDoesNotHelp() {
        RoundScript script = three(Policies.threshold(3), 0).open();
        script.commit("b1", EVIL).reveal("b1", EVIL);
        Certificate forged = Certificate.of(
                script.opening().value(),
                script.tally(Policies.threshold(2), Openness.CLOSED),
                List.of(),
                "quorate.example",
                RoundScript.START);
        script.certify(new Certificate(
                List.of(new dev.quorate.intoto.Subject("hello", Sha256.of("evil"))),
                forged.certifier(),
                forged.release(),
                forged.time(),
                forged.policy(),
                forged.proofs(),
                List.of("SLSA_BUILD_REPRODUCED"),
                forged.round(),
                forged.spec(),
                Verdict.CERTIFIED));
        assertRefused(RefusalCode.INSUFFICIENT, check(script));
    }

    @Test
    void twoOpeningsAreAmbiguous() {
        assertRefused(
                RefusalCode.ROUND_AMBIGUOUS, check(certified().open(List.of(new dev.quorate.round.BuilderId("b1")))));
    }

    @Test
    void noOpeningIsNoRound() {
        RoundScript script = certified();
        assertRefused(RefusalCode.ROUND_MISSING, check(script, without(script, 0)));
    }

    @Test
    void aTrustRootNeedsItsThresholdOfSignatures() {
        RoundScript script = certified();
        assertRefused(RefusalCode.TRUST_NOT_SIGNED, under(script, script.halfSignedTrust(), NOW));
    }

    @Test
    void anExpiredTrustRootIsNotUsed() {
        RoundScript script = certified();
        Instant later = RoundScript.START.plus(Duration.ofDays(366));
        assertRefused(RefusalCode.TRUST_EXPIRED, under(script, script.signedTrust(), later));
    }

    @Test
    void aStaleCertificateIsRefused() {
        RoundScript script = certified();
        Instant later = RoundScript.START.plus(Duration.ofDays(91));
        assertRefused(RefusalCode.CERTIFICATE_STALE, under(script, script.signedTrust(), later));
    }

    @Test
    void aCertificateFromTheFutureIsRefused() {
        RoundScript script = certified();
        Instant earlier = RoundScript.START.minus(Duration.ofHours(1));
        assertRefused(RefusalCode.TIME_IN_FUTURE, under(script, script.signedTrust(), earlier));
    }

    private static Report under(RoundScript script, SignedTrust trust, Instant now) {
        return new Verifier(trust, script.policy(), now, Optional.empty()).verify(ARTIFACT, script.kit(), "kit");
    }

    @Test
    void aRevokedCertificateIsRefused() {
        RoundScript script = certified();
        script.revoke(
                Revocation.Kind.CERTIFICATE,
                script.bundles().getLast().envelope().digest().hex(),
                NOW);
        assertRefused(RefusalCode.CERTIFICATE_REVOKED, check(script));
    }

    @Test
    void anotherTrustRootKnowsNobody() {
        RoundScript script = certified();
        assertRefused(RefusalCode.ROUND_MISSING, under(script, certified().signedTrust(), NOW));
    }

    @Test
    void aSpeakerForAnotherIsRefused() {
        RoundScript script = three(Policies.threshold(2), 0).open();
        script.commitAs("b2", "b1", GOOD);
        assertRefused(RefusalCode.SIGNER_MISMATCH, check(script));
    }

    @Test
    void aCommitmentAboutMoreThanTheSpecIsRefused() {
        RoundScript script = three(Policies.threshold(2), 0).open();
        var honest = Commitment.to(
                        script.opening().value().digest(),
                        script.opening().value().round(),
                        new BuilderId("b1"),
                        Nonce.of(new byte[32]),
                        GOOD.digest())
                .statement();
        List<Subject> subjects = List.of(
                honest.subjects().getFirst(),
                new Subject("hello", honest.subjects().getFirst().sha256()));
        script.utter(
                new Statement(subjects, honest.predicateType(), honest.predicate()).bytes(),
                script.builderSigner("b1"));
        assertRefused(RefusalCode.STATEMENT_MALFORMED, check(script));
    }

    @Test
    void theReportIsTheContractsObject() {
        var json = check(certified()).json();
        assertTrue(json.members()
                .keySet()
                .containsAll(
                        List.of("verdict", "refusals", "artifacts", "spec", "round", "threshold", "votes", "log")));
    }

    @Test
    void aRoundOpeningKeepsItsFormThroughItsStatement() throws Exception {
        RoundScript script = certified();
        RoundOpening opening = script.opening().value();
        assertEquals(opening.spec().json(), Specs.hello("1.0").json());
    }

    @Test
    void theReportSaysWhatWasFound() {
        String verified = CanonicalJson.write(check(certified()).json());
        assertTrue(verified.contains("\"log\":{\"origin\":\"log.example\",\"size\":8,\"witnesses\":[]}"), verified);
        assertTrue(verified.contains("\"release\":\"hello@1.0\""), verified);
        assertTrue(verified.contains("the time is the certifier's word"), verified);
        RoundScript cut = certified();
        String refused = CanonicalJson.write(check(cut, without(cut, 6)).json());
        assertTrue(refused.contains("\"refusals\":[{\"code\":\"PROOF_MISSING\""), refused);
        assertTrue(refused.contains("\"votes\":[]"), refused);
        assertTrue(refused.contains("\"release\":\"hello@1.0\""), refused);
        RoundScript witnessed =
                three(Policies.witnessed(2, 1), 1).open().agree(GOOD).certify();
        String log = CanonicalJson.write(check(witnessed).json());
        assertTrue(log.contains("\"witnesses\":[\"witness.example/w1\"]"), log);
        assertTrue(!log.contains("the certifier's word"), log);
    }

    @Test
    void linesOfStrangersAreCountedInTheNotes() {
        RoundScript script = certified();
        assertTrue(check(script).notes().stream().noneMatch(note -> note.contains("left out")));
        script.utter("anything".getBytes(StandardCharsets.UTF_8), RoundScript.stranger());
        assertTrue(check(script).notes().stream().anyMatch(note -> note.startsWith("1 lines by keys")));
    }

    @Test
    void aRefusalNamesItsLine() {
        RoundScript script = three(Policies.threshold(2), 0).open();
        script.commitAs("b2", "b1", GOOD);
        assertTrue(check(script).refusals().getFirst().detail().startsWith("line 2 of the kit"));
    }
}
