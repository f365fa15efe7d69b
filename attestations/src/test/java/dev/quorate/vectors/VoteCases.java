package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.EVIL;
import static dev.quorate.vectors.Rounds.GOOD;
import static dev.quorate.vectors.Rounds.failed;
import static dev.quorate.vectors.Rounds.play;
import static dev.quorate.vectors.Rounds.three;
import static dev.quorate.vectors.Rounds.two;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.round.BuilderId;
import dev.quorate.verify.RefusalCode;
import java.util.List;

/** Whose vote counts: THREATS "Votes". */
final class VoteCases {
    private VoteCases() {}

    static List<Draft> all() {
        return List.of(
                Draft.of("agreement_ok", Rounds.certified(), """
                        Two independent operators reproduced the file and the certifier signed what the tally gives.
                        The plain case that every other vector departs from in one thing.""").verified(),
                oneOperatorTwice(),
                repeatedProof(),
                untrustedBuilder(),
                unnamedProof(),
                notEnrolled(),
                equivocation(),
                equivocationElsewhere(),
                twoCommitments(),
                copier(),
                uncommitted(),
                committedEarly(),
                somethingElse(),
                otherInputs(),
                operatorDisagrees(),
                failureIsNoDissent(),
                allFailed(),
                machinesBroke(),
                retried());
    }

    private static Draft oneOperatorTwice() {
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .builder("b1", "acme", "z1", "intel")
                .builder("b2", "acme", "z2", "amd");
        return Draft.of(
                        "one_operator_with_two_builders_refuse",
                        script.open().agree(GOOD).certify(),
                        """
                        Verifiers counted log entries, layers or key ids instead of principals (CVE-2026-49834 in
                        sigstore-go, Connaisseur #2150, go-tuf 2022). Two builders of one operator are one vote.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft repeatedProof() {
        RoundScript script = two().open().commit("b1", GOOD).commit("b2", GOOD);
        script.reveal("b1", GOOD).reveal("b1", GOOD).reveal("b1", GOOD).certify();
        return Draft.of("one_proof_three_times_refuse", script, """
                        The same proof logged three times has three log entries (CVE-2026-49834 in sigstore-go counted
                        those). It is one builder's one vote.""").refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft untrustedBuilder() {
        RoundScript script = play(two().open(), GOOD, GOOD);
        script.certify(Rounds.laxCertificate(script)).distrust("b2");
        return Draft.of("untrusted_builder_refuse", script, """
                        Bitcoin's verify.py counted signatures that were valid and by nobody in particular. The user's
                        trust root does not name b2, so b2 has no vote, whatever the certifier says.""").refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft unnamedProof() {
        RoundScript script =
                play(three(Policies.threshold(2)).open(), GOOD, GOOD, GOOD).certify();
        return Draft.of("proof_of_an_untrusted_builder_refuse", script.distrust("b3"), """
                        The certificate rests on a proof by a key that the user does not trust (Bitcoin verify.py): what
                        it said cannot be judged, so the certificate's evidence is incomplete.""")
                .refused(RefusalCode.PROOF_MISSING);
    }

    private static Draft notEnrolled() {
        RoundScript script =
                two().open(List.of(new BuilderId("b1"))).agree(GOOD).certify();
        return Draft.of("builder_not_enrolled_refuse", script, """
                        Trustix divided by those who answered. Here counts are over the enrolled set that the opening
                        named before any vote: b2 joins later, and its vote is nobody's.""").refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft equivocation() {
        RoundScript script = play(two().open(), GOOD, GOOD).reveal("b2", EVIL).certify();
        return Draft.of("two_digests_by_one_builder_refuse", script, """
                        One builder signs two digests (THREATS, Votes). Both votes are void and the evidence stays in
                        the kit.""").refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft equivocationElsewhere() {
        RoundScript script = play(three(Policies.threshold(2)).open(), GOOD, GOOD, GOOD)
                .reveal("b3", EVIL)
                .certify();
        return Draft.of("an_equivocator_beside_a_quorum_ok", script, """
                        One builder signs two digests (THREATS, Votes) beside two who agree. Its votes are void, so it
                        neither helps nor vetoes.""").verified();
    }

    private static Draft twoCommitments() {
        RoundScript script = two().open().commit("b1", GOOD).commit("b2", GOOD).commit("b2", EVIL);
        return Draft.of(
                        "two_commitments_by_one_builder_refuse",
                        script.reveal("b1", GOOD).reveal("b2", GOOD).certify(),
                        """
                        A lazy builder commits to every likely result and opens the one that others made (THREATS,
                        Votes: "nobody prevents it"). Two different commitments void the vote.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft copier() {
        RoundScript script = two().open().commit("b1", GOOD).reveal("b1", GOOD);
        return Draft.of(
                        "copied_hash_refuse",
                        script.commit("b2", GOOD).reveal("b2", GOOD).certify(),
                        """
                        A lazy builder copies another's hash (THREATS, Votes: "nobody prevents it"). b2 committed only
                        after b1 had revealed, as the log's order proves.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft uncommitted() {
        RoundScript script = two().open().commit("b1", GOOD);
        return Draft.of(
                        "proof_without_commitment_refuse",
                        script.reveal("b1", GOOD).reveal("b2", GOOD).certify(),
                        """
                        Commit, then reveal (THREATS, Votes): a result that nobody was bound to beforehand may be a
                        copy, and does not count.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft committedEarly() {
        RoundScript script = two().commit("b2", GOOD).open().commit("b1", GOOD);
        return Draft.of(
                        "commitment_before_opening_refuse",
                        script.reveal("b1", GOOD).reveal("b2", GOOD).certify(),
                        """
                        Commit, then reveal, order proven by log index (THREATS, Votes): what was said before the round
                        was opened is not of the round.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft somethingElse() {
        RoundScript script = two().open().commit("b1", GOOD).commit("b2", EVIL);
        return Draft.of(
                        "reveals_something_else_refuse",
                        script.reveal("b1", GOOD).reveal("b2", GOOD).certify(),
                        """
                        Commit, then reveal (THREATS, Votes): b2 committed to another result and changed its mind when
                        it saw b1's.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft otherInputs() {
        RoundScript script = two().open().commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD);
        script.reveal("b2", GOOD, List.of(new Dependency("pkg:deb/debian/gcc@13?arch=amd64", Sha256.of("other"))));
        return Draft.of("other_inputs_refuse", script.certify(), """
                        A proof for one set of inputs is shown for another (THREATS, Binding): b2 used another compiler
                        than the spec pins, so it built something else.""").refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft operatorDisagrees() {
        RoundScript script = two(Policies.recorded(2), 0).builder("b3", "op-b2", "z", "amd");
        return Draft.of(
                        "an_operators_builders_disagree_refuse",
                        play(script.open(), GOOD, GOOD, EVIL).certify(),
                        """
                        One vote an operator (THREATS, Votes): where its own builders disagree, it has none.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft failureIsNoDissent() {
        RoundScript script = three(Policies.threshold(2)).open();
        return Draft.of(
                        "one_build_failed_ok",
                        play(script, GOOD, GOOD, failed(FailureClass.BUILD_FAILED))
                                .certify(),
                        """
                        rebuilderd (#233) and prometheus-protocol counted failed builds as divergence. A failure is no
                        other result: the quorum stands.""")
                .verified();
    }

    private static Draft allFailed() {
        RoundScript script =
                two().open().agree(failed(FailureClass.BUILD_FAILED)).certify();
        return Draft.of("all_builds_failed_refuse", script, """
                        rebuilderd (#233) and prometheus-protocol counted failed builds as divergence. A build that
                        fails everywhere is FAILED, a thing of its own.""").refused(RefusalCode.FAILED);
    }

    private static Draft machinesBroke() {
        RoundScript script = two().open();
        script.reveal("b1", failed(FailureClass.INFRASTRUCTURE)).reveal("b2", failed(FailureClass.INFRASTRUCTURE));
        return Draft.of("machines_broke_refuse", script.certify(), """
                        BUILD_FAILED, INFRASTRUCTURE and DIVERGED are three things (THREATS, Votes; rebuilderd #233):
                        broken machines say nothing about the build.""").refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft retried() {
        RoundScript script = two().open().reveal("b2", failed(FailureClass.INFRASTRUCTURE));
        return Draft.of("a_machine_broke_and_was_retried_ok", script.agree(GOOD).certify(), """
                        BUILD_FAILED, INFRASTRUCTURE and DIVERGED are three things (THREATS, Votes; rebuilderd #233): a
                        retry makes up for a broken machine and is no second digest.""")
                .verified();
    }
}
