package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.EVIL;
import static dev.quorate.vectors.Rounds.GOOD;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostRefusal;
import dev.quorate.policy.Assurance;
import dev.quorate.policy.Dissent;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.quantity.Span;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.EventReference;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.verify.RefusalCode;
import java.util.List;

/** Votes from machines whose state was measured, and from machines that only seem so. */
final class HostCases {
    private static final int[] QUOTED = {4, 7};

    private final SoftTpm first = tpm("t1");
    private final SoftTpm second = tpm("t2");

    private HostCases() {}

    static List<Draft> all() {
        return List.of(
                new HostCases().good(),
                new HostCases().changed(),
                new HostCases().eventNotAllowed(),
                new HostCases().anothersQuote(),
                new HostCases().quoteForAnother(),
                new HostCases().replayed(),
                new HostCases().oldQuoteInNewWords(),
                new HostCases().unknownKey(),
                new HostCases().unknownMaker(),
                new HostCases().late(),
                new HostCases().revoked(),
                new HostCases().revokedSince(),
                new HostCases().roundsKeyRevoked(),
                new HostCases().leftOut(),
                new HostCases().refusedDissent(),
                new HostCases().namedKeyBeside(),
                new HostCases().oneHostForTwo());
    }

    private static SoftTpm tpm(String endorsement) {
        return new SoftTpm(endorsement).measure(4, "kernel").measure(7, "secure boot");
    }

    private static Tpm2Profile profile() {
        return new Tpm2Profile(
                "p",
                List.of(new PcrReference(7, List.of(tpm("t1").pcr(7)))),
                List.of(new EventReference(4, List.of(Sha256.of("kernel")), List.of())),
                false);
    }

    private RoundScript two() {
        return two(Policies.measuredHosts(2));
    }

    private RoundScript two(Policy policy) {
        return new RoundScript(policy, 0)
                .profile(profile())
                .measured("b1", first)
                .measured("b2", second);
    }

    /** b1's part is good; b2 has shown what the case is about. */
    private static RoundScript agreed(RoundScript shown) {
        return shown.agree(GOOD).certify();
    }

    private Draft good() {
        RoundScript script = two().open().attest("b1", first, QUOTED).attest("b2", second, QUOTED);
        return Draft.of("measured_hosts_ok", agreed(script), """
                        Two operators, each on a machine of its own whose TPM quoted the profile's state over this round's
                        opening and the key that the builder then signed with. The plain case of evidence.""").verified();
    }

    private Draft changed() {
        RoundScript script = two().open().attest("b1", first, QUOTED);
        return Draft.of("changed_pcr_refuse", agreed(script.attest("b2", second.extend(7, "another key"), QUOTED)), """
                        A host whose firmware was changed (THREATS, Hosts): PCR 7 holds what the profile does not allow. The
                        vote is refused, and the refusal is named.""")
                .host("b2", HostRefusal.PCR_UNEXPECTED)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft eventNotAllowed() {
        RoundScript script = two().open().attest("b1", first, QUOTED);
        return Draft.of(
                        "unexpected_event_refuse",
                        agreed(script.attest("b2", second.measure(4, "rootkit"), QUOTED)),
                        """
                        Something more was measured into PCR 4 than the profile allows; the event log says so truly, and the
                        quote agrees with it.""")
                .host("b2", HostRefusal.EVENT_UNEXPECTED)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft anothersQuote() {
        RoundScript script = two().open();
        Signer voice = RoundScript.stranger();
        var quote =
                first.quote(HostEvidence.binding(new BuilderId("b2"), script.occasion(), voice.publicKey()), QUOTED);
        return Draft.of(
                        "quote_of_anothers_tpm_refuse",
                        agreed(script.attest("b1", first, QUOTED).show("b2", voice, quote)),
                        """
                        b2 lets the machine of b1 quote for it. The trust root knows which attestation keys are whose.""")
                .host("b2", HostRefusal.HOST_UNKNOWN)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft quoteForAnother() {
        RoundScript script = two().open();
        Signer voice = RoundScript.stranger();
        var quote =
                second.quote(HostEvidence.binding(new BuilderId("b1"), script.occasion(), voice.publicKey()), QUOTED);
        return Draft.of(
                        "quote_for_another_builder_refuse",
                        agreed(script.attest("b1", first, QUOTED).show("b2", voice, quote)),
                        """
                        A quote that vouches for another builder's key is taken over: its qualifying data name that
                        builder.""")
                .host("b2", HostRefusal.BINDING_MISMATCH)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft replayed() {
        RoundScript script = two();
        RoundScript earlier = script.another(2, Specs.hello("0.9")).open();
        Signer voice = RoundScript.stranger();
        var b2 = new BuilderId("b2");
        var quote = second.quote(HostEvidence.binding(b2, earlier.occasion(), voice.publicKey()), QUOTED);
        var old = new HostEvidence(b2, earlier.occasion(), voice.publicKey(), quote);
        return Draft.of(
                        "replayed_quote_refuse",
                        agreed(script.open().attest("b1", first, QUOTED).show(voice, old)),
                        """
                        Evidence of an earlier round, when the machine was still good, is shown again (THREATS, Hosts). It
                        names the opening it was made for.""")
                .host("b2", HostRefusal.OTHER_OCCASION)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft oldQuoteInNewWords() {
        RoundScript script = two();
        RoundScript earlier = script.another(2, Specs.hello("0.9")).open();
        Signer voice = RoundScript.stranger();
        var quote =
                second.quote(HostEvidence.binding(new BuilderId("b2"), earlier.occasion(), voice.publicKey()), QUOTED);
        return Draft.of(
                        "old_quote_in_new_words_refuse",
                        agreed(script.open().attest("b1", first, QUOTED).show("b2", voice, quote)),
                        """
                        The same replay, and the statement around the old quote names this round. The quote itself does not.""")
                .host("b2", HostRefusal.BINDING_MISMATCH)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft unknownKey() {
        RoundScript script = two().open().attest("b1", first, QUOTED);
        return Draft.of("unknown_attestation_key_refuse", agreed(script.attest("b2", tpm("t3"), QUOTED)), """
                        A machine in the right state that nobody has enrolled: its attestation key is in no trust root.""")
                .host("b2", HostRefusal.HOST_UNKNOWN)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft unknownMaker() {
        SoftTpm fake = tpm("t4");
        RoundScript script = new RoundScript(Policies.measuredHosts(2), 0)
                .profile(profile())
                .measured("b1", first)
                .measured("b2", fake)
                .open()
                .attest("b1", first, QUOTED);
        return Draft.of("unknown_maker_refuse", agreed(script.attest("b2", fake, QUOTED)), """
                        A TPM in software whose endorsement certificate its owner has issued (THREATS, Hosts: a real TPM is
                        the maker's word): it does not lead to the maker's roots.""")
                .host("b2", HostRefusal.CHAIN_UNTRUSTED)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft late() {
        RoundScript script = two().open().attest("b1", first, QUOTED);
        Signer voice = RoundScript.stranger();
        script.speak("b2", voice).commit("b1", GOOD).commit("b2", GOOD);
        var binding = HostEvidence.binding(new BuilderId("b2"), script.occasion(), voice.publicKey());
        script.show("b2", voice, second.quote(binding, QUOTED));
        return Draft.of(
                        "evidence_after_the_commitment_refuse",
                        script.reveal("b1", GOOD).reveal("b2", GOOD).certify(),
                        """
                        Good evidence that was logged only after the commitment that it should vouch for: nobody knows where
                        the key was when it committed.""")
                .host("b2", HostRefusal.EVIDENCE_LATE)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft revoked() {
        RoundScript script = two().open().attest("b1", first, QUOTED).attest("b2", second, QUOTED);
        script.revoke(Revocation.Kind.HOST, second.host("p").id().toString(), RoundScript.START);
        return Draft.of("revoked_host_refuse", agreed(script), """
                        The trust root revokes the host of b2 from before the round on; its good quote counts no more.""")
                .host("b2", HostRefusal.HOST_REVOKED)
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft revokedSince() {
        RoundScript script = two().open().attest("b1", first, QUOTED).attest("b2", second, QUOTED);
        script.revoke(Revocation.Kind.HOST, second.host("p").id().toString(), RoundScript.START.plusSeconds(600));
        return Draft.of("host_revoked_since_ok", agreed(script), """
                        The host of b2 was revoked after the trusted time of the certificate; what it said before counts.""").verified();
    }

    private Draft roundsKeyRevoked() {
        RoundScript script = two().open().attest("b1", first, QUOTED).attest("b2", second, QUOTED);
        script.commit("b1", GOOD).commit("b2", GOOD).attest("b2", second, QUOTED);
        script.reveal("b1", GOOD).reveal("b2", GOOD).certify();
        String key = script.commitments().getLast().signedBy().id().hex();
        return Draft.of(
                        "commitments_key_of_one_round_revoked_refuse",
                        script.revoke(Revocation.Kind.KEY, key, RoundScript.START),
                        """
                        b2's agent started again between commitment and proof, and its machine vouched for another key
                        each time. The first one is revoked, and no trust root ever named it: the vote rests on it too.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft leftOut() {
        RoundScript script = agreed(two().open().attest("b1", first, QUOTED).attest("b2", second, QUOTED));
        return Draft.of("evidence_left_out_refuse", script, """
                        Whoever hands out the kit leaves out a line of evidence, so that its builder's lines become a
                        stranger's. The certificate names all evidence, as it names all proofs.""")
                .kit(Rounds.without(script.bundles(), 2))
                .refused(RefusalCode.PROOF_MISSING);
    }

    private Draft refusedDissent() {
        SoftTpm third = tpm("t3");
        RoundScript script = two().measured("b3", third).open();
        script.attest("b1", first, QUOTED).attest("b2", second, QUOTED);
        script.attest("b3", third.extend(7, "another key"), QUOTED);
        script.commit("b1", GOOD).commit("b2", GOOD).commit("b3", EVIL);
        return Draft.of(
                        "dissent_of_a_refused_host_ok",
                        script.reveal("b1", GOOD)
                                .reveal("b2", GOOD)
                                .reveal("b3", EVIL)
                                .certify(),
                        """
                        What is signed with a key whose evidence was refused is not the builder's word: it can neither vote
                        nor dissent, though dissent blocks.""")
                .host("b3", HostRefusal.PCR_UNEXPECTED)
                .verified();
    }

    private Draft namedKeyBeside() {
        RoundScript script = two().open().attest("b1", first, QUOTED);
        return Draft.of("own_key_beside_measured_hosts_refuse", agreed(script), """
                        b2 signs with the key that the trust root names and shows no host. The policy wants measured ones.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private Draft oneHostForTwo() {
        var policy = new Policy(2, new Distinct(1, 1, 2), Assurance.NONE, Dissent.BLOCKS, 0, Span.parse("90d"));
        return Draft.of(
                        "one_attested_host_for_two_refuse",
                        agreed(two(policy).open().attest("b1", first, QUOTED)),
                        """
                        The policy wants two hosts that are known to differ. That of b1 is attested; b2's may be the same
                        machine.""")
                .refused(RefusalCode.INSUFFICIENT);
    }
}
