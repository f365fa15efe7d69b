package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.EVIL;
import static dev.quorate.vectors.Rounds.GOOD;
import static dev.quorate.vectors.Rounds.two;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.tally.Openness;
import dev.quorate.verify.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is said of what: THREATS "Binding". */
final class BindingCases {
    private BindingCases() {}

    static List<Draft> all() {
        return List.of(
                spliced("proof_of_another_spec_refuse", 1, "2.0", """
                        Proof for spec A shown for B (THREATS, Binding): b2's honest proof for hello 2.0 stands among
                        those for 1.0."""),
                spliced("proof_of_an_earlier_round_refuse", 2, "1.0", """
                        Proof from an earlier round (THREATS, Binding): b2's honest proof of the same spec, replayed
                        into another round."""),
                strayCommitment(),
                twoRounds(),
                noOpening(),
                strayCertificate(),
                swappedOutputs(),
                otherSha512(),
                otherSpecInside(),
                specRespelt(),
                Draft.of("older_version_refuse", Rounds.certified(), """
                        An older certified version served as the newest (THREATS, Binding). The user means 2.0, and
                        everything in the kit is true of 1.0.""")
                        .expect("hello@2.0")
                        .refused(RefusalCode.RELEASE_MISMATCH),
                Draft.of("expected_release_ok", Rounds.certified(), """
                        An older certified version served as the newest (THREATS, Binding): here it is the one that the
                        user means.""")
                        .expect("hello@1.0")
                        .verified(),
                Draft.of("another_artifact_refuse", Rounds.certified(), """
                        Evidence for one thing shown for another (Keylime CVE-2022-1053): the kit is sound, and the
                        file beside it is not what was reproduced.""")
                        .artifact("evil")
                        .refused(RefusalCode.ARTIFACT_UNKNOWN),
                Draft.of("empty_artifact_refuse", Rounds.certified(), """
                        Verify and use the same bytes (Keylime CVE-2022-1053): a download that came empty is not what
                        was reproduced.""")
                        .artifact("")
                        .refused(RefusalCode.ARTIFACT_UNKNOWN),
                otherCertificate(),
                moreReproducers(),
                twoCertificates(),
                Draft.of("certificate_without_votes_refuse", withoutVotes(), """
                        rebuilderd co-signs what it did not verify: the certificate is genuine, and there is nothing
                        behind it. The tally is recomputed and nobody's summary is believed.""")
                        .refused(RefusalCode.INSUFFICIENT));
    }

    private static Draft spliced(String name, int number, String version, String lesson) {
        RoundScript here = two().open().commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD);
        RoundScript elsewhere =
                here.another(number, Specs.hello(version)).open().agree(GOOD);
        here.certify(Rounds.laxCertificate(here));
        return Draft.of(name, here, lesson)
                .kit(Rounds.plus(here.bundles(), elsewhere.bundles().getLast()))
                .refused(RefusalCode.ROUND_MISMATCH);
    }

    private static Draft strayCommitment() {
        RoundScript here = two().open().commit("b1", GOOD);
        RoundScript elsewhere = here.another(2, Specs.hello("1.0")).open().commit("b2", GOOD);
        return Draft.of("commitment_of_another_round_refuse", here, """
                        Proof from an earlier round (THREATS, Binding), and here its commitment: b2 was bound to a
                        result elsewhere, not here.""")
                .kit(Rounds.plus(here.bundles(), elsewhere.bundles().getLast()))
                .refused(RefusalCode.ROUND_MISMATCH);
    }

    private static Draft twoRounds() {
        RoundScript script = Rounds.certified();
        RoundScript other = script.another(2, Specs.hello("1.0")).open();
        return Draft.of("two_openings_refuse", script, """
                        Proof from an earlier round (THREATS, Binding): with two openings in one kit, a proof could be
                        counted in either.""")
                .kit(Rounds.plus(script.bundles(), other.bundles().getFirst()))
                .refused(RefusalCode.ROUND_AMBIGUOUS);
    }

    private static Draft noOpening() {
        RoundScript script = Rounds.certified();
        return Draft.of("no_opening_refuse", script, """
                        Trustix divided by those who answered: without the opening nobody knows who was asked.""")
                .kit(Rounds.without(script.bundles(), 0))
                .refused(RefusalCode.ROUND_MISSING);
    }

    private static Draft strayCertificate() {
        RoundScript script = two().open().agree(GOOD);
        RoundScript other =
                script.another(2, Specs.hello("1.0")).open().agree(GOOD).certify();
        return Draft.of("certificate_of_another_round_refuse", script, """
                        Proof from an earlier round (THREATS, Binding), and here its certificate: a genuine one, for
                        the same spec, of another round.""")
                .kit(Rounds.plus(script.bundles(), other.bundles().getLast()))
                .refused(RefusalCode.ROUND_MISMATCH);
    }

    private static Draft swappedOutputs() {
        RoundScript script = two().open()
                .commit("b1", GOOD)
                .commit("b2", GOOD)
                .reveal("b1", GOOD)
                .reveal("b2", GOOD);
        Statement honest = script.proofs().getLast().value().statement();
        var swapped = new Statement(
                List.of(new Subject("hello", Sha256.of("evil"))), honest.predicateType(), honest.predicate());
        script.utter(swapped.bytes(), script.builderSigner("b2"));
        return Draft.of("outputs_swapped_refuse", script.certify(), """
                        Outputs swapped inside one proof (THREATS, Binding): the subjects name one file and the output
                        set another.""").refused(RefusalCode.STATEMENT_MALFORMED);
    }

    private static Draft otherSha512() {
        RoundScript script = two().open().agree(GOOD);
        String honest = new String(script.proofs().getLast().value().statement().bytes(), StandardCharsets.US_ASCII);
        String subject = "\"digest\":{\"sha256\":\"" + Sha256.of("good").hex() + "\"";
        String both = honest.replace(subject, subject + ",\"sha512\":\"" + "0".repeat(128) + "\"");
        script.utter(both.getBytes(StandardCharsets.US_ASCII), script.builderSigner("b2"));
        return Draft.of("good_sha256_with_a_wrong_sha512_refuse", script.certify(), """
                        A good sha256 with a wrong sha512 (THREATS, Binding). All digests that are named must match;
                        one that nobody here checks is refused rather than ignored.""")
                .refused(RefusalCode.STATEMENT_MALFORMED);
    }

    private static Draft otherSpecInside() {
        RoundScript script = Rounds.certified();
        Statement honest = script.opening().value().statement();
        var other = new Statement(
                List.of(new Subject("spec", Sha256.of("another spec"))), honest.predicateType(), honest.predicate());
        script.utter(other.bytes(), script.certifier());
        return Draft.of("opening_about_another_spec_refuse", script, """
                        Proof for spec A shown for B (THREATS, Binding): the opening names one spec digest and holds
                        another spec. The digest is computed, not believed.""").refused(RefusalCode.STATEMENT_MALFORMED);
    }

    private static Draft specRespelt() {
        RoundScript script = two();
        byte[] honest = two().open().opening().value().statement().bytes();
        String respelt = new String(honest, StandardCharsets.US_ASCII).replace("pkg:deb/", "pkg:DEB/");
        script.utter(respelt.getBytes(StandardCharsets.US_ASCII), script.certifier());
        return Draft.of("opening_with_its_spec_respelt_refuse", script, """
                        Proof for spec A shown for B (THREATS, Binding): two spellings of one package URL. A reader that
                        respells before it hashes, and one that does not, would see two specs under one signature.""").refused(RefusalCode.STATEMENT_MALFORMED);
    }

    private static Draft otherCertificate() {
        RoundScript script = two().open().agree(GOOD);
        Certificate honest = Rounds.laxCertificate(script);
        script.certify(Rounds.over(honest, "evil", "quorate.example"));
        return Draft.of("certificate_of_another_file_refuse", script, """
                        rebuilderd co-signs what it did not verify: the certificate names a file that no builder made,
                        beside honest proofs of another.""").refused(RefusalCode.CERTIFICATE_MISMATCH);
    }

    private static Draft moreReproducers() {
        RoundScript script = two().open().agree(GOOD);
        Certificate honest = Rounds.laxCertificate(script);
        script.certify(Rounds.claiming(honest, List.of("SLSA_BUILD_REPRODUCED", "QUORATE_REPRODUCED_9_OF_9")));
        return Draft.of("certificate_claims_more_builders_refuse", script, """
                        A summary that is believed without its evidence: the certificate's verifiedLevels, which tools
                        for SLSA summaries read, claim nine of nine builders in a round of two.""")
                .refused(RefusalCode.CERTIFICATE_MISMATCH);
    }

    private static Draft twoCertificates() {
        RoundScript script = Rounds.certified();
        script.certify(RoundScript.START.plusSeconds(70));
        return Draft.of("two_certificates_refuse", script, """
                        Two verdicts of one certifier on one round (THREATS, I2): a silent second certificate is how a
                        split view begins.""").refused(RefusalCode.CERTIFICATE_AMBIGUOUS);
    }

    private static RoundScript withoutVotes() {
        RoundScript script = two(Policies.threshold(2), 0).open().commit("b1", EVIL);
        Certificate honest = Certificate.of(
                script.opening().value(),
                script.tally(script.policy(), Openness.CLOSED),
                List.of(),
                "quorate.example",
                RoundScript.START.plusSeconds(60));
        return script.certify(Rounds.over(honest, "good", "quorate.example"));
    }
}
