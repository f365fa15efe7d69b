package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.GOOD;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When things count: validity at the logged time, freshness, revocation. */
final class TimeCases {
    private static final Instant CERTIFIED = RoundScript.START.plusSeconds(60);

    private TimeCases() {}

    static List<Draft> all() {
        return List.of(
                Draft.of("key_ended_since_ok", ending(CERTIFIED.plusSeconds(1)), """
                        Validity judged at verification time instead of the logged time (CVE-2026-54787): b2's key
                        ended after the certificate and before now, and what it signed stands.""")
                        .verified(),
                Draft.of("key_ended_before_refuse", ending(CERTIFIED), """
                        Validity judged at another time than the logged one (CVE-2026-54787): b2's key had ended when
                        its proof was certified.""").refused(RefusalCode.INSUFFICIENT),
                certifierEnded(),
                certifierRevoked(),
                revoked("builder_revoked_before_refuse", CERTIFIED, """
                        An identity taken over (CVE-2025-13609) is revoked from a time on: b2 was, when its proof was
                        certified.""").refused(RefusalCode.INSUFFICIENT),
                revoked("builder_revoked_since_ok", CERTIFIED.plusSeconds(1), """
                        Validity judged at verification time instead of the logged time (CVE-2026-54787): b2 was
                        revoked after the certificate, and the revocation does not reach back.""")
                        .verified(),
                keyRevoked(),
                committed("commitments_key_revoked_refuse", CERTIFIED, """
                        A failed check that is only logged (CVE-2023-3674): b2 committed with a key that is revoked, and
                        proved with another, which is not. A vote rests on both statements.""").refused(RefusalCode.INSUFFICIENT),
                committed("commitments_key_revoked_since_ok", CERTIFIED.plusSeconds(1), """
                        Validity judged at verification time instead of the logged time (CVE-2026-54787): the key that
                        b2 committed with was revoked after the certificate.""")
                        .verified(),
                Draft.of(
                                "commitments_key_ended_refuse",
                                committed(Optional.of(CERTIFIED)).certify(),
                                """
                        Validity judged at another time than the logged one (CVE-2026-54787): the key that b2 committed
                        with had ended when its vote was certified; the one that it proved with had not.""")
                        .refused(RefusalCode.INSUFFICIENT),
                certificateRevoked(),
                Draft.of("certificate_stale_refuse", Rounds.certified(), """
                        An older certified version served as the newest (THREATS, Binding): the certificate is older
                        than the policy's 90 days.""")
                        .now(CERTIFIED.plus(Duration.ofDays(90)).plusSeconds(1))
                        .refused(RefusalCode.CERTIFICATE_STALE),
                Draft.of("certificate_just_fresh_ok", Rounds.certified(), """
                        An older certified version served as the newest (THREATS, Binding): this one is exactly as old
                        as the policy allows.""")
                        .now(CERTIFIED.plus(Duration.ofDays(90)))
                        .verified(),
                Draft.of("certificate_from_the_future_refuse", Rounds.certified(), """
                        Clock jumps (THREATS, Coordinator): a certificate of more than ten minutes ahead would stay
                        fresh for as long as its maker likes.""")
                        .now(CERTIFIED.minus(Duration.ofMinutes(10)).minusSeconds(1))
                        .refused(RefusalCode.TIME_IN_FUTURE),
                Draft.of("certificate_within_skew_ok", Rounds.certified(), """
                        Clock jumps (THREATS, Coordinator): ten minutes between two clocks are no attack.""")
                        .now(CERTIFIED.minus(Duration.ofMinutes(10)))
                        .verified(),
                Draft.of("trust_expired_refuse", Rounds.certified(), """
                        Old trust outlives its keys (go-tuf; THREATS, Binding): an expired trust root decides nothing,
                        from its very last instant on.""")
                        .now(RoundScript.START.plus(Duration.ofDays(365)))
                        .refused(RefusalCode.TRUST_EXPIRED),
                halfSigned(),
                signedByStrangers());
    }

    private static RoundScript ending(Instant until) {
        return new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builderUntil("b2", until)
                .open()
                .agree(GOOD)
                .certify();
    }

    private static Draft certifierEnded() {
        return Draft.of("certifiers_key_ended_refuse", Rounds.certified().certifierUntil(CERTIFIED), """
                        Validity judged at another time than the logged one (CVE-2026-54787): the certifier's key had
                        ended when it certified.""")
                .refused(RefusalCode.KEY_NOT_VALID);
    }

    private static Draft certifierRevoked() {
        RoundScript script = Rounds.certified();
        String key = script.certifier().publicKey().id().hex();
        return Draft.of(
                        "certifiers_key_revoked_refuse",
                        script.revoke(Revocation.Kind.KEY, key, RoundScript.START),
                        """
                        A failed check that is only logged (CVE-2023-3674): a revoked certifier's key ends the check.""")
                .refused(RefusalCode.KEY_NOT_VALID);
    }

    private static Draft revoked(String name, Instant since, String lesson) {
        return Draft.of(name, Rounds.certified().revoke(Revocation.Kind.BUILDER, "b2", since), lesson);
    }

    private static Draft keyRevoked() {
        RoundScript script = Rounds.certified();
        String key = script.builderKey("b2").id().hex();
        return Draft.of("builders_key_revoked_refuse", script.revoke(Revocation.Kind.KEY, key, CERTIFIED), """
                        A failed check that is only logged (CVE-2023-3674): a revoked key's vote is no vote.""")
                .refused(RefusalCode.INSUFFICIENT);
    }

    /** b2 commits with one key of its own and proves with another. */
    private static RoundScript committed(Optional<Instant> until) {
        RoundScript script = Rounds.two();
        script.anotherKey("b2", until);
        script.open().commit("b1", Rounds.GOOD).commit("b2", Rounds.GOOD);
        return script.speak("b2", script.builderSigner("b2"))
                .reveal("b1", Rounds.GOOD)
                .reveal("b2", Rounds.GOOD);
    }

    private static Draft committed(String name, Instant since, String lesson) {
        RoundScript script = committed(Optional.empty()).certify();
        String key = script.commitments().getLast().signedBy().id().hex();
        return Draft.of(name, script.revoke(Revocation.Kind.KEY, key, since), lesson);
    }

    private static Draft certificateRevoked() {
        RoundScript script = Rounds.certified();
        String digest = script.bundles().getLast().envelope().digest().hex();
        return Draft.of(
                        "certificate_revoked_refuse",
                        script.revoke(Revocation.Kind.CERTIFICATE, digest, Draft.NOW.plus(Duration.ofDays(1))),
                        """
                        A later conflicting quorum revokes a certificate (THREATS, I2). That holds whatever the time,
                        even before the revocation's own.""")
                .refused(RefusalCode.CERTIFICATE_REVOKED);
    }

    private static Draft halfSigned() {
        RoundScript script = Rounds.certified();
        return Draft.of("trust_signed_by_one_of_two_refuse", script, """
                        A threshold that was not enforced (CVE-2026-23992 go-tuf): one of the two needed root keys has
                        signed.""")
                .trust(script.halfSignedTrust().bytes())
                .refused(RefusalCode.TRUST_NOT_SIGNED);
    }

    private static Draft signedByStrangers() {
        RoundScript script = Rounds.certified();
        var signed =
                new SignedTrust(script.trust(), Rounds.certified().signedTrust().signatures());
        return Draft.of("trust_signed_by_strangers_refuse", script, """
                        Untrusted but valid signatures were counted (Bitcoin verify.py): two keys signed, and neither
                        is a root key.""")
                .trust(signed.bytes())
                .refused(RefusalCode.TRUST_NOT_SIGNED);
    }
}
