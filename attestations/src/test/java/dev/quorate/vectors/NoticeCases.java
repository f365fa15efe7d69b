package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.EVIL;
import static dev.quorate.vectors.Rounds.GOOD;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.HostRefusal;
import dev.quorate.host.HostState;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.LogIndex;
import dev.quorate.policy.Policy;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.verify.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Kits in which a coordinator says why a vote is missing. It is its word, so it must not change what is counted. */
final class NoticeCases {
    private static final String WHY = "PCR_UNEXPECTED: PCR 7 holds another value";

    private final SoftTpm first = tpm("t1");
    private final SoftTpm second = tpm("t2");
    private final SoftTpm third = tpm("t3");

    private NoticeCases() {}

    static List<Draft> all() {
        return List.of(
                new NoticeCases().lost(),
                new NoticeCases().committed(),
                new NoticeCases().dissent(),
                new NoticeCases().countedVote(),
                new NoticeCases().noQuorum(),
                new NoticeCases().readmitted(),
                new NoticeCases().afterwards(),
                new NoticeCases().nobodyAsked(),
                new NoticeCases().strangers(),
                new NoticeCases().builders(),
                new NoticeCases().unlogged(),
                new NoticeCases().malformed());
    }

    private static SoftTpm tpm(String endorsement) {
        return new SoftTpm(endorsement).measure(7, "secure boot");
    }

    /** Three builders on measured hosts, two of whom are enough. */
    private RoundScript three() {
        return three(Policies.measured(2));
    }

    private RoundScript three(Policy policy) {
        var profile = new Tpm2Profile(
                "p", List.of(new PcrReference(7, List.of(tpm("t1").pcr(7)))), List.of(), false);
        return new RoundScript(policy, 0)
                .profile(profile)
                .measured("b1", first)
                .measured("b2", second)
                .measured("b3", third);
    }

    /** The first two show their hosts, and both make the same. */
    private RoundScript two(RoundScript opened) {
        opened.attest("b1", first, 7).attest("b2", second, 7);
        return opened.commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD).reveal("b2", GOOD);
    }

    private Draft lost() {
        RoundScript script = two(three().open().lose("b3", WHY)).certify();
        return Draft.of("lost_host_is_explained_ok", script, """
                        b3 could never commit: its host was refused before it was given work. Its evidence is no part of
                        this kit; the coordinator's logged notice is, and says why nothing is there.""")
                .host("b3", HostRefusal.PCR_UNEXPECTED)
                .vote("b3", "UNATTESTED")
                .verified();
    }

    private Draft committed() {
        RoundScript script = three().open();
        script.attest("b1", first, 7).attest("b2", second, 7).attest("b3", third, 7);
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", EVIL).lose("b3", WHY);
        return Draft.of(
                        "lost_host_that_committed_ok",
                        script.reveal("b1", GOOD).reveal("b2", GOOD).certify(),
                        """
                        A coordinator that does not want a result to be seen says that the host was lost (THREATS, Votes).
                        The builder is bound by its commitment, and stays one that did not reveal it.""")
                .host("b3", HostRefusal.PCR_UNEXPECTED)
                .vote("b3", "UNREVEALED")
                .verified();
    }

    private Draft dissent() {
        RoundScript script = three().open();
        script.attest("b1", first, 7).attest("b2", second, 7).attest("b3", third, 7);
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", EVIL).lose("b3", WHY);
        script.reveal("b1", GOOD).reveal("b2", GOOD).reveal("b3", EVIL);
        return Draft.of("dissent_of_a_host_called_lost_refuse", script.certify(), """
                        A corrupt coordinator calls a host lost whose builder dissented. The dissent is in the kit, its host's
                        evidence is good, and a notice takes no vote away.""")
                .refused(RefusalCode.CONTESTED);
    }

    private Draft countedVote() {
        RoundScript script = three().open().lose("b2", WHY);
        return Draft.of(
                        "vote_of_a_host_called_lost_ok",
                        two(script).lose("b1", WHY).certify(),
                        """
                        The two votes that make the quorum are of hosts that the coordinator called lost, one before and one
                        after it spoke. Their evidence in this round is good; the votes count.""")
                .verified();
    }

    private Draft noQuorum() {
        RoundScript script = three().open().lose("b2", WHY).lose("b3", WHY).attest("b1", first, 7);
        return Draft.of(
                        "notices_in_place_of_votes_refuse",
                        script.commit("b1", GOOD).reveal("b1", GOOD).certify(),
                        """
                        One vote, and two notices that explain why there are no more. An explanation is no vote, and nobody
                        leaves the enrolled set by it.""")
                .vote("b3", "UNATTESTED")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft readmitted() {
        RoundScript script = three().open().lose("b3", WHY);
        script.change("b3", HostState.ADMITTED, "before: LOST", script.certifier());
        return Draft.of("readmitted_host_is_silent_ok", two(script).certify(), """
                        The host was lost and admitted again, and its builder said nothing. The newest notice counts, and
                        explains nothing.""")
                .vote("b3", "SILENT")
                .verified();
    }

    private Draft afterwards() {
        RoundScript script = two(three().open()).certify().lose("b3", WHY);
        return Draft.of("notice_after_the_certificate_ok", script, """
                        Somebody asked where b3's vote was, and the coordinator wrote an explanation after it had certified.
                        What was logged after the certificate explains nothing.""")
                .vote("b3", "SILENT")
                .verified();
    }

    private Draft nobodyAsked() {
        RoundScript script = three(Policies.threshold(2)).open().lose("b3", WHY);
        return Draft.of("notice_where_no_host_is_asked_for_ok", two(script).certify(), """
                        The round was open to every host, so that no host's state kept b3 from its vote.""")
                .vote("b3", "SILENT")
                .verified();
    }

    private Draft strangers() {
        RoundScript script = three().open().change("b3", HostState.LOST, WHY, RoundScript.stranger());
        return Draft.of("notice_by_a_stranger_ok", two(script).certify(), """
                        A notice by a key that the trust root does not name is a stranger's line, and is left out.""")
                .vote("b3", "SILENT")
                .verified();
    }

    private Draft builders() {
        RoundScript script = three().open();
        script.change("b3", HostState.LOST, WHY, script.builderSigner("b1"));
        return Draft.of("notice_by_a_builder_refuse", two(script).certify(), """
                        A builder explains away another one's vote. Only a certifier may say how hosts stand with it.""")
                .refused(RefusalCode.SIGNER_MISMATCH);
    }

    private Draft unlogged() {
        RoundScript script = two(three().open().lose("b3", WHY)).certify();
        List<Bundle> lines = script.bundles();
        Bundle notice = lines.get(1);
        LogEntry at = notice.entry();
        var moved = new LogEntry(at.logId(), new LogIndex(0), at.head(), at.hashes(), at.checkpoint(), at.body());
        return Draft.of("notice_that_is_not_logged_refuse", script, """
                        A notice that the log does not hold where its line says: an explanation that nobody could audit.""")
                .kit(Rounds.with(lines, 1, new Bundle(notice.hint(), moved, notice.envelope(), List.of())))
                .refused(RefusalCode.LOG_INCLUSION_INVALID);
    }

    private Draft malformed() {
        RoundScript script = three().open();
        byte[] lost = RoundScript.change("b3", HostState.LOST, WHY).statement().bytes();
        byte[] words = new String(lost, StandardCharsets.UTF_8)
                .replace("\"LOST\"", "\"UNLUCKY\"")
                .getBytes(StandardCharsets.UTF_8);
        return Draft.of(
                        "notice_of_an_unknown_standing_refuse",
                        two(script.utter(words, script.certifier())).certify(),
                        """
                        A certifier's notice with a standing that there is not. Half-understood statements are refused.""")
                .refused(RefusalCode.STATEMENT_MALFORMED);
    }
}
