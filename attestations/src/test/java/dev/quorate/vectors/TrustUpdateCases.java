package dev.quorate.vectors;

import dev.quorate.dsse.Signer;
import dev.quorate.fixture.RoundScript;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.verify.RefusalCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Later versions of the trust root in kits: THREATS "Binding" and "Keys". */
final class TrustUpdateCases {
    private static final Instant CERTIFIED = RoundScript.START.plusSeconds(60);

    private TrustUpdateCases() {}

    static List<Draft> all() {
        return List.of(
                rollsForward(),
                newRootKeys(),
                revoking("later_trust_revokes_from_before_refuse", CERTIFIED, """
                        Revoking re-evaluates what counted on it: b2 is revoked by version 2, which the kit carries, from
                        before its proof was certified; the user's version 1 does not say so yet.""")
                        .refused(RefusalCode.INSUFFICIENT),
                revoking("later_trust_revokes_since_ok", CERTIFIED.plusSeconds(1), """
                        Validity judged at verification time instead of the logged time (CVE-2026-54787): the version 2
                        that the kit carries revokes b2 after the certificate, and that does not reach back.""")
                        .verified(),
                givingAway(),
                tooFew(),
                skipping(),
                goingBack(),
                expired());
    }

    private static Draft rollsForward() {
        RoundScript script = Rounds.certified();
        TrustRoot known = version(1, script.trust(), withoutB2(script));
        script.sayTrust(version(2, script.trust()), script.roots());
        return draft("later_trust_names_a_builder_ok", script, known, """
                        Rolling forward (DESIGN 4): the user's version 1 does not know b2 yet; the kit carries version 2,
                        which does, signed by both root keys.""").verified();
    }

    private static Draft newRootKeys() {
        RoundScript script = Rounds.certified();
        TrustRoot known = version(1, script.trust(), withoutB2(script));
        Signer alice = script.roots().getFirst();
        Signer bob = script.roots().getLast();
        Signer carol = RoundScript.stranger();
        var keys = new RootKeys(
                2, List.of(new RootKey("alice", alice.publicKey()), new RootKey("carol", carol.publicKey())));
        TrustRoot second = rooted(2, known, keys, known.expires());
        TrustRoot third = rooted(3, script.trust(), keys, known.expires());
        // The lines are in no order.
        script.sayTrust(third, List.of(carol, alice)).sayTrust(second, List.of(carol, bob, alice));
        return draft("later_trust_over_new_root_keys_ok", script, known, """
                        Key rotation (TUF 5.3): version 2 hands over from bob to carol and is signed by the old root keys
                        and the new ones; version 3 is carol's and alice's alone.""").verified();
    }

    private static Draft revoking(String name, Instant since, String lesson) {
        RoundScript script = Rounds.certified();
        TrustRoot known = script.trust();
        script.revoke(Revocation.Kind.BUILDER, "b2", since);
        script.sayTrust(version(2, script.trust()), script.roots());
        return draft(name, script, known, lesson);
    }

    private static Draft givingAway() {
        RoundScript script = Rounds.certified();
        TrustRoot known = script.trust();
        TrustedBuilder b2 = known.builders().getLast();
        List<TrustedBuilder> builders = withoutB2(script);
        builders.add(new TrustedBuilder(new BuilderId("b3"), "op-b3", "zone-b3", "intel", b2.keys()));
        script.sayTrust(version(2, known, builders), script.roots());
        return draft("later_trust_gives_a_key_to_another_refuse", script, known, """
                        An identity taken over by registering it again (CVE-2025-13609): version 2 gives b2's key to b3, so
                        that what b2 signed is by no key of b2. No coordinator takes such a version.""")
                .refused(RefusalCode.SIGNER_MISMATCH);
    }

    private static Draft tooFew() {
        RoundScript script = Rounds.certified();
        TrustRoot known = version(1, script.trust(), withoutB2(script));
        Signer alice = script.roots().getFirst();
        // Twice the same signer is one signer, and a stranger is none.
        TrustRoot second = version(2, script.trust());
        script.sayTrust(second, List.of(alice, alice, RoundScript.stranger()));
        return draft("later_trust_signed_by_too_few_refuse", script, known, """
                        The same key counted twice (CVE-2026-49834 sigstore-go, go-tuf 2022): a version 2 that one of two
                        root keys signed, twice, adds no builder.""").refused(RefusalCode.PROOF_MISSING);
    }

    private static Draft skipping() {
        RoundScript script = Rounds.certified();
        TrustRoot known = version(1, script.trust(), withoutB2(script));
        script.sayTrust(version(3, script.trust()), script.roots());
        return draft("later_trust_skips_a_version_refuse", script, known, """
                        Version 3 does not follow version 1 (TUF 5.3.5): whoever leaves version 2 out may hide that it
                        replaced the root keys.""").refused(RefusalCode.PROOF_MISSING);
    }

    private static Draft goingBack() {
        RoundScript script = Rounds.certified();
        TrustRoot first = script.trust();
        script.revoke(Revocation.Kind.BUILDER, "b2", CERTIFIED);
        TrustRoot known = version(2, script.trust());
        script.sayTrust(first, script.roots()).sayTrust(version(2, first), script.roots());
        return draft("earlier_trust_does_not_come_back_refuse", script, known, """
                        Rollback (TUF 5.3.5; sigstore-java's RollbackVersionException): the user's version 2 revokes b2;
                        the kit carries version 1 and another version 2, properly signed, that do not.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    private static Draft expired() {
        RoundScript script = Rounds.certified();
        TrustRoot known = script.trust();
        script.sayTrust(rooted(2, known, known.root(), Draft.NOW), script.roots());
        return draft("later_trust_expired_refuse", script, known, """
                        Old trust outlives its keys (go-tuf; THREATS, Binding): the newest version that is shown holds,
                        and it has expired.""").refused(RefusalCode.TRUST_EXPIRED);
    }

    private static Draft draft(String name, RoundScript script, TrustRoot known, String lesson) {
        SignedTrust signed = script.signed(known);
        return Draft.of(name, script, lesson).trust(signed.bytes());
    }

    private static List<TrustedBuilder> withoutB2(RoundScript script) {
        List<TrustedBuilder> builders = new ArrayList<>(script.trust().builders());
        builders.removeIf(builder -> builder.id().text().equals("b2"));
        return builders;
    }

    private static TrustRoot version(int version, TrustRoot trust) {
        return version(version, trust, trust.builders());
    }

    private static TrustRoot version(int version, TrustRoot trust, List<TrustedBuilder> builders) {
        return trust.edit().version(version).builders(builders).done();
    }

    private static TrustRoot rooted(int version, TrustRoot trust, RootKeys root, Instant expires) {
        return trust.edit().version(version).root(root).expires(expires).done();
    }
}
