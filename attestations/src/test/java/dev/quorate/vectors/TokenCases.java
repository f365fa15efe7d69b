package dev.quorate.vectors;

import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.TimeAuthority;
import dev.quorate.verify.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The time of a certificate on the word of time-stamping authorities (RFC 3161). */
final class TokenCases {
    private static final Instant CERTIFIED = RoundScript.START.plusSeconds(60);
    private static final Instant STAMPED = RoundScript.START.plusSeconds(70);
    private static final TimeStamper TSA = new TimeStamper();
    private static final TimeStamper OTHER = new TimeStamper();
    private static final String NAME = "tsa.example";

    private TokenCases() {}

    static List<Draft> all() {
        return List.of(
                stamped("time_token_ok", Rounds.certified(), """
                        Validity judged at verification time instead of the logged time (CVE-2026-54787): without
                        witnesses, an authority that the user's own trust root names says what the time was.""").verified(),
                stamped("time_token_of_the_certifier_ok", Rounds.certified(), authority("quorate.example"), """
                        The coordinator as its own time-stamping authority is allowed; a report must say that the time
                        is its word (DESIGN, section 5).""")
                        .verified(),
                keyEnded(),
                stamped("time_token_key_ended_since_ok", Rounds.certified().certifierUntil(STAMPED.plusSeconds(1)), """
                        Validity judged at verification time instead of the logged time (CVE-2026-54787): the
                        certifier's key ended after the token's time, and what it signed stands.""")
                        .verified(),
                missing(),
                stranger(),
                ofAnother(),
                tampered(),
                malformed(),
                trailing(),
                expired(),
                ended(),
                endedBesideAnother(),
                future(),
                stale(),
                witnessesGoFirst(),
                authorityForTls(),
                authorityTwice(),
                authorityChainBroken());
    }

    private static TimeAuthority authority(String id) {
        return TSA.authority(id);
    }

    private static byte[] signature(RoundScript script) {
        return script.bundles().getLast().envelope().signature();
    }

    private static Draft stamped(String name, RoundScript script, String lesson) {
        return stamped(name, script, authority(NAME), lesson);
    }

    private static Draft stamped(String name, RoundScript script, TimeAuthority authority, String lesson) {
        return draft(name, script, List.of(authority), List.of(TSA.stamp(signature(script), STAMPED)), lesson);
    }

    private static Draft draft(
            String name, RoundScript script, List<TimeAuthority> authorities, List<byte[]> tokens, String lesson) {
        return Draft.of(name, script, lesson)
                .kit(script.stamped(tokens))
                .trust(script.signed(script.trust()
                                .edit()
                                .timeAuthorities(authorities)
                                .done())
                        .bytes());
    }

    private static Draft keyEnded() {
        return stamped("time_token_key_ended_before_refuse", Rounds.certified().certifierUntil(STAMPED), """
                        Validity judged at another time than the logged one (CVE-2026-54787): by its own word the
                        certifier signed in time; by the authority's it no longer had its key.""")
                .refused(RefusalCode.KEY_NOT_VALID);
    }

    private static Draft missing() {
        return draft("time_token_missing_refuse", Rounds.certified(), List.of(authority(NAME)), List.of(), """
                        Stripped evidence must not fall back to less (THREATS, Binding): who names a time authority
                        does not take the certifier's word when the token is gone.""")
                .refused(RefusalCode.TIME_TOKEN_MISSING);
    }

    private static Draft stranger() {
        RoundScript script = Rounds.certified();
        return draft(
                        "time_token_of_a_stranger_refuse",
                        script,
                        List.of(authority(NAME)),
                        List.of(OTHER.stamp(signature(script), STAMPED)),
                        """
                        Untrusted but valid signatures counted (Bitcoin verify.py): the token is good, and nobody named
                        its authority.""")
                .refused(RefusalCode.TIME_TOKEN_MISSING);
    }

    private static Draft ofAnother() {
        RoundScript script = Rounds.certified();
        byte[] opening = script.bundles().getFirst().envelope().signature();
        return draft(
                        "time_token_of_another_signature_refuse",
                        script,
                        List.of(authority(NAME)),
                        List.of(TSA.stamp(opening, STAMPED)),
                        """
                        Valid log entry for another leaf (CVE-2026-22703), for tokens: this one is over the signature
                        of the round's opening.""")
                .refused(RefusalCode.TIME_TOKEN_MISMATCH);
    }

    private static Draft tampered() {
        RoundScript script = Rounds.certified();
        byte[] token = TSA.stamp(signature(script), STAMPED);
        // 20261123120110Z: the last digit of the seconds.
        int at = indexOf(token, "20261123120110Z") + 13;
        token[at] = '1';
        return draft("time_token_tampered_refuse", script, List.of(authority(NAME)), List.of(token), """
                        Payload type checked outside the signature (CVE-2022-35929), for tokens: the time in it was
                        changed after it was signed.""")
                .refused(RefusalCode.TIME_TOKEN_INVALID);
    }

    private static Draft malformed() {
        RoundScript script = Rounds.certified();
        byte[] token = TSA.stamp(signature(script), STAMPED);
        return draft(
                        "time_token_cut_off_refuse",
                        script,
                        List.of(authority(NAME)),
                        List.of(Arrays.copyOf(token, token.length - 1)),
                        """
                        Payload that fails to parse reported as success (CVE-2026-39395), for tokens.""")
                .refused(RefusalCode.TIME_TOKEN_MALFORMED);
    }

    private static Draft trailing() {
        RoundScript script = Rounds.certified();
        byte[] token = TSA.stamp(signature(script), STAMPED);
        return draft(
                        "time_token_with_trailing_data_refuse",
                        script,
                        List.of(authority(NAME)),
                        List.of(Arrays.copyOf(token, token.length + 1)),
                        """
                        Trailing data (THREATS, Parsers), for tokens.""")
                .refused(RefusalCode.TIME_TOKEN_MALFORMED);
    }

    private static Draft expired() {
        var shortLived = new TimeStamper(STAMPED.minusSeconds(1));
        RoundScript script = Rounds.certified();
        return draft(
                        "time_token_under_an_expired_certificate_refuse",
                        script,
                        List.of(shortLived.authority(NAME)),
                        List.of(shortLived.stamp(signature(script), STAMPED)),
                        """
                        A certificate that had ended when it signed (sigstore-java accepted a time hours after the
                        certificate's end).""")
                .refused(RefusalCode.TIME_TOKEN_INVALID);
    }

    private static Draft ended() {
        return stamped(
                        "time_authority_ended_refuse",
                        Rounds.certified(),
                        TSA.authority(NAME, CERTIFIED, Optional.of(STAMPED)),
                        """
                        A failed check that is only logged (CVE-2023-3674): root key holders ended the authority before
                        the time that the token says.""")
                .refused(RefusalCode.TIME_AUTHORITY_NOT_VALID);
    }

    private static Draft endedBesideAnother() {
        RoundScript script = Rounds.certified();
        return draft(
                        "time_authority_ended_beside_another_ok",
                        script,
                        List.of(TSA.authority(NAME, CERTIFIED, Optional.of(STAMPED)), OTHER.authority("tsa2.example")),
                        List.of(TSA.stamp(signature(script), STAMPED), OTHER.stamp(signature(script), STAMPED)),
                        """
                        One authority that root key holders ended does not take down what another one says.""")
                .verified();
    }

    private static Draft future() {
        RoundScript script = Rounds.certified();
        return draft(
                        "time_token_from_the_future_refuse",
                        script,
                        List.of(authority(NAME)),
                        List.of(TSA.stamp(signature(script), Draft.NOW.plus(Duration.ofMinutes(11)))),
                        """
                        Clock jumps (THREATS, Coordinator): an authority whose clock is ahead keeps nothing fresh.""")
                .refused(RefusalCode.TIME_IN_FUTURE);
    }

    private static Draft stale() {
        return stamped("time_token_stale_refuse", Rounds.certified(), """
                        An older certified version served as the newest (THREATS, Binding): the token is older than the
                        policy's 90 days.""")
                .now(STAMPED.plus(Duration.ofDays(90)).plusSeconds(1))
                .refused(RefusalCode.CERTIFICATE_STALE);
    }

    private static Draft witnessesGoFirst() {
        RoundScript script = Rounds.witnessed(1, 1);
        return draft("time_token_beside_witnesses_ok", script, List.of(authority(NAME)), List.of(new byte[] {0}), """
                        With witnesses nobody looks at tokens: a broken one beside them neither helps nor harms.""")
                .verified();
    }

    private static Draft authorityForTls() {
        var web = new TimeStamper(RoundScript.START.plus(Duration.ofDays(9)), KeyPurposeId.id_kp_serverAuth);
        return authorities("time_authority_for_servers_refuse", web.certificates(), "only extended key usage", """
                        Client certificate not enforced on one route (CVE-2026-1709), for tokens: the certificate is
                        for web servers, and whoever has such a one is no clock.""");
    }

    private static Draft authorityChainBroken() {
        List<DerCertificate> chain =
                List.of(TSA.certificates().getFirst(), TSA.certificates().getFirst());
        return authorities("time_authority_chain_broken_refuse", chain, "each is issued by the next", """
                        Attestation key not chained (THREATS, Hosts), for tokens: the second certificate did not issue
                        the first.""");
    }

    private static Draft authorityTwice() {
        RoundScript script = Rounds.certified();
        List<TimeAuthority> twice = List.of(authority(NAME), authority("tsa2.example"));
        return draft("time_authority_under_two_names_refuse", script, twice, List.of(), """
                        The same key under two names (CVE-2026-49834 sigstore-go): whose word is the token?""")
                .error("one issuer and serial number");
    }

    /** A trust root as no writer makes it: its text names these certificates. */
    private static Draft authorities(String name, List<DerCertificate> certificates, String error, String lesson) {
        RoundScript script = Rounds.certified();
        String json = CanonicalJson.write(
                Json.strings(certificates.stream().map(DerCertificate::toString).toList()));
        String good = CanonicalJson.write(Json.strings(
                TSA.certificates().stream().map(DerCertificate::toString).toList()));
        return draft(name, script, List.of(authority(NAME)), List.of(), lesson)
                .trustText(text -> text.replace(good, json))
                .error(error);
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
