package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.EVIL;
import static dev.quorate.vectors.Rounds.GOOD;
import static dev.quorate.vectors.Rounds.play;
import static dev.quorate.vectors.Rounds.three;
import static dev.quorate.vectors.Rounds.two;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.verify.RefusalCode;
import java.util.List;

/** When votes are a quorum, and what dissent and silence do to it: THREATS "Votes". */
final class QuorumCases {
    private QuorumCases() {}

    static List<Draft> all() {
        return List.of(
                silence(),
                silenceBesideAQuorum(),
                Draft.of("dissent_without_certificate_refuse", play(two().open(), GOOD, EVIL), """
                        One dissent vanishes (in-toto verifylib, repro-threshold): nobody certified anything, and the
                        builders' own words already contradict each other.""")
                        .refused(RefusalCode.CONTESTED),
                Draft.of("threshold_beyond_the_enrolled_refuse", Rounds.certified(), """
                        Trustix divided by those who answered: two of two were 100 %. A threshold of three is three
                        operators, and two were enrolled.""")
                        .policy(Policies.threshold(3))
                        .refused(RefusalCode.INSUFFICIENT),
                Draft.of(
                                "tie_refuse",
                                play(two(Policies.recorded(2), 0).open(), GOOD, EVIL)
                                        .certify(),
                                """
                        Trustix decided a 1-1 split by map order. A tie never certifies.""")
                        .refused(RefusalCode.CONTESTED),
                twoQuorums(),
                Draft.of(
                                "dissent_blocks_refuse",
                                play(three(Policies.threshold(2)).open(), GOOD, GOOD, EVIL)
                                        .certify(),
                                """
                        One dissent vetoes everything, or vanishes (in-toto verifylib, repro-threshold). This policy
                        says that it blocks.""")
                        .refused(RefusalCode.CONTESTED),
                Draft.of("dissent_recorded_ok", dissent(), """
                        One dissent vetoes everything, or vanishes (in-toto verifylib, repro-threshold). This policy
                        says that it is recorded, and the quorum stands.""").verified(),
                dissentLeftOut(),
                certifierLooser(),
                userLooser(),
                shared("one_zone_for_two_refuse", new Distinct(2, 1, 1)),
                shared("one_cpu_vendor_for_two_refuse", new Distinct(1, 2, 1)),
                shared("hosts_without_evidence_for_two_refuse", new Distinct(1, 1, 2)),
                zones(),
                Draft.of("measured_hosts_wanted_refuse", Rounds.certified(), """
                        Verifier throws and the host stays trusted (Keylime CVE-2022-3500): fail closed. The policy
                        wants measured hosts and there is no evidence for any.""")
                        .policy(Policies.measured(2))
                        .refused(RefusalCode.INSUFFICIENT),
                Draft.of(
                                "reveals_outstanding_undecided",
                                two().open().commit("b1", GOOD).commit("b2", GOOD),
                                """
                        Silence is never consent (Trustix), and not yet dissent: nobody has revealed anything, and
                        nothing is wrong.""")
                        .undecided(),
                Draft.of("quorum_without_certificate_undecided", two().open().agree(GOOD), """
                        One place decides (guix-verify printed errors and exited 0): without a certifier's closing word
                        a quorum is no positive verdict.""")
                        .undecided());
    }

    private static Draft silence() {
        RoundScript script = three(Policies.threshold(3)).open();
        return Draft.of("silence_is_no_consent_refuse", play(script, GOOD, GOOD).certify(), """
                        repro-threshold and Trustix let who did not answer count for the majority (3 of 3 was 99 %).
                        Two of a needed three agree and one is silent.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft silenceBesideAQuorum() {
        RoundScript script = three(Policies.threshold(2)).open();
        return Draft.of("silence_beside_a_quorum_ok", play(script, GOOD, GOOD).certify(), """
                        One that stays silent must not veto everything (in-toto verifylib). The certificate closes the
                        round, and two of the needed two agree.""")
                .verified();
    }

    private static Draft twoQuorums() {
        RoundScript script = three(Policies.recorded(2)).builder("b4").open();
        return Draft.of(
                        "two_quorums_refuse",
                        play(script, GOOD, GOOD, EVIL, EVIL).certify(),
                        """
                        Trustix decided an even split by map order. Two quorums for different files are CONTESTED, even
                        where dissent is only recorded.""")
                .refused(RefusalCode.CONTESTED);
    }

    private static RoundScript dissent() {
        return play(three(Policies.recorded(2)).open(), GOOD, GOOD, EVIL).certify();
    }

    private static Draft dissentLeftOut() {
        RoundScript script = dissent();
        return Draft.of("dissent_left_out_refuse", script, """
                        One dissent vanishes (in-toto verifylib, repro-threshold): its proof was removed from the kit,
                        and the certificate still names it.""")
                .kit(Rounds.without(script.bundles(), 6))
                .refused(RefusalCode.PROOF_MISSING);
    }

    private static Draft certifierLooser() {
        return Draft.of("certificate_brings_a_weaker_policy_refuse", dissent(), """
                        A certificate carries its own weaker policy (THREATS, Binding): the certifier records dissent,
                        the user lets it block, and the user's policy wins.""")
                .policy(Policies.threshold(2))
                .refused(RefusalCode.CONTESTED);
    }

    private static Draft userLooser() {
        RoundScript script =
                play(three(Policies.threshold(2)).open(), GOOD, GOOD, EVIL).certify();
        return Draft.of("user_looser_than_the_certifier_refuse", script, """
                        A certificate that says CONTESTED is no certificate, though a laxer user's tally would pass: no
                        single party's word is enough (gitsign CVE-2026-44310 ended in exit 0).""")
                .policy(Policies.recorded(2))
                .refused(RefusalCode.CERTIFICATE_MISMATCH);
    }

    private static Draft shared(String name, Distinct distinct) {
        Policy policy = Policies.distinct(2, distinct);
        RoundScript script =
                new RoundScript(policy, 0).builder("b1", "o1", "z", "intel").builder("b2", "o2", "z", "intel");
        return Draft.of(name, script.open().agree(GOOD).certify(), """
                        Builders on one host, one operator, one hypervisor (StageX keeps them apart by hand).
                        Independence is data: two operators agree and share what the policy wants to differ.""").refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft zones() {
        Policy policy = Policies.distinct(2, new Distinct(2, 2, 1));
        RoundScript script =
                new RoundScript(policy, 0).builder("b1", "o1", "z1", "intel").builder("b2", "o2", "z2", "amd");
        return Draft.of("two_zones_and_vendors_ok", script.open().agree(GOOD).certify(), """
                        Builders on one host, one operator, one hypervisor (StageX keeps them apart by hand). These two
                        differ in operator, zone and CPU vendor, as the policy wants.""")
                .verified();
    }
}
