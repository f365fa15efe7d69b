package dev.quorate.vectors;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.log.Ed25519PublicKey;
import dev.quorate.log.NoteKey;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** Trust roots that are not read: THREATS "Votes" and "Parsers". */
final class TrustCases {
    private static final RoundScript SCRIPT = Rounds.witnessed(1, 1);
    private static final TrustRoot ROOT = SCRIPT.trust();
    private static final String BUILDERS = "\"builders\":";

    private TrustCases() {}

    static List<Draft> all() {
        return List.of(
                oneKeyTwoBuilders(),
                certifierIsBuilder(),
                builderTwice(),
                linkKey(),
                linkKeyOfTheLog(),
                sealedCertifier(),
                trust(
                        "seal_beside_a_builders_key_refuse",
                        "seal: is not known here",
                        """
                        What shows where a key is kept belongs to certifiers and root key holders; a builder shows its host
                        in each round, and a name that nobody judges would only look judged.""",
                        text -> text.replaceFirst("(\"builders\":\\[\\{.*?\"key\":\"[^\"]*\")", "$1,\"seal\":{}")),
                notes("one_witness_key_twice_refuse", ROOT.logs(), twice(ROOT.witnesses()), "names a key twice"),
                notes("log_key_among_witnesses_refuse", ROOT.logs(), ROOT.logs(), "must be keys of type 4"),
                notes("witness_key_among_logs_refuse", ROOT.witnesses(), ROOT.witnesses(), "must be keys of type 1"),
                trust(
                        "trust_without_threshold_refuse",
                        "root.threshold: is missing",
                        """
                        A threshold that was missing was accepted, default 0 (CVE-2026-23992 go-tuf, repro-threshold).""",
                        text -> text.replace(",\"threshold\":2", "")),
                trust(
                        "trust_threshold_zero_refuse",
                        "must be an integer from 1 to 2",
                        """
                        A threshold of zero was accepted (CVE-2026-23992 go-tuf).""",
                        text -> text.replace("\"threshold\":2", "\"threshold\":0")),
                trust(
                        "trust_threshold_beyond_its_keys_refuse",
                        "must be an integer from 1 to 2",
                        """
                        A threshold that nobody can reach is a mistake to name (CVE-2026-23992 go-tuf's kin).""",
                        text -> text.replace("\"threshold\":2", "\"threshold\":3")),
                trust(
                        "trust_threshold_as_text_refuse",
                        "must be an integer",
                        """
                        A threshold of the wrong type was accepted (CVE-2026-23992 go-tuf).""",
                        text -> text.replace("\"threshold\":2", "\"threshold\":\"2\"")),
                trust(
                        "trust_signed_twice_by_one_key_refuse",
                        "has signed twice",
                        """
                        The same key counted twice (CVE-2026-49834 sigstore-go, go-tuf 2022).""",
                        text -> text.replaceFirst("(\"signatures\":\\[)(\\{[^}]*})", "$1$2,$2")),
                trust(
                        "trust_with_a_duplicate_name_refuse",
                        "is there twice",
                        """
                        Duplicate JSON keys (THREATS, Parsers): of two lists of builders, readers take different ones.""",
                        text -> text.replace(BUILDERS, BUILDERS + "[]," + BUILDERS)),
                trust(
                        "trust_with_an_unknown_name_refuse",
                        "bilders: is not known here",
                        """
                        What is not understood is not verified: a misspelt name is an error and not a default.""",
                        text -> text.replace(BUILDERS, "\"bilders\":[]," + BUILDERS)),
                trust("trust_with_trailing_data_refuse", "something follows", """
                        Trailing data (THREATS, Parsers).""", text -> text + "{}"),
                trust("trust_with_byte_order_mark_refuse", "byte order mark", """
                        A byte order mark (THREATS, Parsers), which some readers skip and some do not.""", text -> "\u00ef\u00bb\u00bf" + text),
                trust(
                        "trust_not_utf8_refuse",
                        "not valid UTF-8",
                        """
                        Invalid UTF-8 (THREATS, Parsers): readers replace it by different things.""",
                        text -> text.replace(BUILDERS, "\"\u00ff\":0," + BUILDERS)),
                trust(
                        "trust_version_is_a_fraction_refuse",
                        "not an integer",
                        """
                        Type confusion (THREATS, Parsers): version 1.0 is a version to some.""",
                        text -> text.replace("\"version\":1", "\"version\":1.0")),
                trust(
                        "trust_version_beyond_int_refuse",
                        "must be an integer from 1",
                        """
                        Numbers (THREATS, Parsers): 2^32+1 must not come back as 1.""",
                        text -> text.replace("\"version\":1", "\"version\":4294967297")),
                trust(
                        "trust_builders_is_an_object_refuse",
                        "builders: must be a list",
                        """
                        Type confusion (THREATS, Parsers): an object where a list belongs.""",
                        text -> text.replace(BUILDERS, BUILDERS + "{},\"b\":")),
                trust(
                        "trust_nested_deep_refuse",
                        "is not strict JSON",
                        """
                        Depth (THREATS, Parsers): 65 levels, one more than is read.""",
                        text -> "[".repeat(65) + text + "]".repeat(65)),
                trust(
                        "builder_name_is_a_path_refuse",
                        "a builder's name is",
                        """
                        Names of roles and builders used as paths (THREATS, Parsers; several TUF clients).""",
                        text -> text.replace("\"id\":\"b1\"", "\"id\":\"../../etc/b1\"")),
                trust(
                        "builder_name_with_terminal_escapes_refuse",
                        "\\u{1b}",
                        """
                        ANSI escapes, newlines and RTL marks in names (THREATS, Parsers): the sentence about it must
                        not carry them.""",
                        text -> text.replace("\"id\":\"b1\"", "\"id\":\"b1\\u001b[2J\\u202e\\n\"")),
                trust(
                        "operator_name_with_a_newline_refuse",
                        "must be a name",
                        """
                        ANSI escapes, newlines and RTL marks in names (THREATS, Parsers).""",
                        text -> text.replace("\"operator\":\"op-b1\"", "\"operator\":\"op\\nb1\"")),
                trust(
                        "key_of_another_curve_refuse",
                        "must be an ECDSA P-256 public key",
                        """
                        Type confusion (THREATS, Parsers): a key of another kind.""",
                        text -> text.replaceFirst("\"key\":\"MFkw[^\"]*\"", "\"key\":\"MFkwEw==\"")),
                trust(
                        "trust_of_a_day_that_is_not_refuse",
                        "must be a time that exists",
                        """
                        Times (CVE-2023-42503 choked on one of 300,000 digits): the 30th of February is an error.""",
                        text -> text.replaceFirst("\"expires\":\"[^\"]*\"", "\"expires\":\"2027-02-30T00:00:00Z\"")),
                trust(
                        "trust_hash_of_a_log_key_wrong_refuse",
                        "the hash of this verifier key must be",
                        """
                        Evidence for key K1, proof by K2 (Keylime CVE-2022-1053): a verifier key whose name and hash do
                        not belong together.""",
                        text -> text.replace("\"log.example+", "\"log.example2+")));
    }

    private static Draft trust(String name, String error, String lesson, UnaryOperator<String> change) {
        return Draft.of(name, SCRIPT, lesson).trustText(change).error(error);
    }

    private static Draft signed(String name, TrustRoot root, String error, String lesson) {
        return Draft.of(name, SCRIPT, lesson).trust(SCRIPT.signed(root).bytes()).error(error);
    }

    private static Draft oneKeyTwoBuilders() {
        TrustedBuilder b1 = ROOT.builders().getFirst();
        var copy = new TrustedBuilder(new BuilderId("b9"), "other", "other-zone", "amd", b1.keys());
        return signed(
                "one_key_two_builders_refuse",
                with(plus(ROOT.builders(), copy), ROOT.certifiers()),
                "under two names",
                """
                        Counted key ids instead of principals (CVE-2026-49834 sigstore-go, Connaisseur #2150, go-tuf
                        2022): the same key under two names would vote twice.""");
    }

    private static Draft certifierIsBuilder() {
        var certifier = new Principal("c", ROOT.builders().getFirst().keys());
        return signed(
                "one_key_builder_and_certifier_refuse",
                with(ROOT.builders(), plus(ROOT.certifiers(), certifier)),
                "under two names",
                """
                        rebuilderd co-signs its own workers' results: a builder's key that is a certifier's as well is
                        one party in two roles.""");
    }

    private static Draft builderTwice() {
        TrustedBuilder b1 = ROOT.builders().getFirst();
        TrustedBuilder b2 = ROOT.builders().getLast();
        var copy = new TrustedBuilder(b1.id(), "other", "other-zone", "amd", b2.keys());
        return signed("one_builder_twice_refuse", with(List.of(b1, copy), ROOT.certifiers()), "names b1 twice", """
                        Duplicate keys (THREATS, Parsers): of two builders of one name, which operator votes?""");
    }

    /** RFC 8032, section 7.1, test 1. */
    private static Draft linkKey() {
        byte[] raw = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        return Draft.of("trust_link_key_ok", SCRIPT, """
                        A builder's key for in-toto links stands in the trust root and changes nothing in a check.""")
                .trust(SCRIPT.signed(withLinkKey(Ed25519PublicKey.ofRaw(raw))).bytes())
                .verified();
    }

    private static Draft sealedCertifier() {
        var tpm = new SoftTpm("t1").measure(4, "kernel").measure(7, "secure boot");
        List<PcrReference> values =
                List.of(new PcrReference(4, List.of(tpm.pcr(4))), new PcrReference(7, List.of(tpm.pcr(7))));
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .profile(new Tpm2Profile("p", values, List.of(), false))
                .sealed(tpm, "p", 4, 7)
                .builder("b1")
                .builder("b2")
                .open()
                .agree(Specs.built("good"))
                .certify();
        return Draft.of("sealed_certifier_ok", script, """
                        The trust root shows that the certifier's key is kept by a TPM and signs in one measured state alone
                        (docs/formats.md, 4.4). That is told, and changes nothing in a check.""").verified();
    }

    private static Draft linkKeyOfTheLog() {
        return signed(
                "link_key_of_the_log_refuse",
                withLinkKey(ROOT.logs().getFirst().key()),
                "a linkKey that is another's",
                """
                        The same key under two names is a policy error (THREATS, Votes): a log's key that signs links
                        for a builder is one party in two roles.""");
    }

    private static TrustRoot withLinkKey(Ed25519PublicKey key) {
        List<TrustedBuilder> builders = new ArrayList<>(ROOT.builders());
        builders.set(0, builders.getFirst().with(key));
        return with(builders, ROOT.certifiers());
    }

    private static Draft notes(String name, List<NoteKey> logs, List<NoteKey> witnesses, String error) {
        return signed(name, ROOT.edit().logs(logs).witnesses(witnesses).done(), error, """
                        The same key under two names is a policy error (CVE-2026-49834 sigstore-go; THREATS, Votes), for
                        logs and witnesses too: a log that witnesses itself is no witness. Refused when read, where it
                        once ended a check in a crash (docs/track-record.md).""");
    }

    private static TrustRoot with(List<TrustedBuilder> builders, List<Principal> certifiers) {
        return ROOT.edit().builders(builders).certifiers(certifiers).done();
    }

    private static List<NoteKey> twice(List<NoteKey> keys) {
        return plus(keys, keys.getFirst());
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
