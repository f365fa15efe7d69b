package dev.quorate.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Outcome;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Openness;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Tpm2Profile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static Tally count(Outcome outcome) {
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open()
                .agree(outcome);
        return script.tally(Policies.threshold(2), Openness.CLOSED);
    }

    private static Certificate certificate(Tally tally) {
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open();
        return Certificate.of(script.opening().value(), tally, List.of(), "quorate.example", RoundScript.START);
    }

    private static Verdict recounted(Tally tally, Tally... earlier) {
        return Certificate.recount(
                        tally,
                        Stream.of(earlier).map(CertificateTest::certificate).toList())
                .verdict();
    }

    @Test
    void aSecondOutputSetContradictsTheFirstCertificate() {
        Tally good = count(Specs.built("good"));
        Tally evil = count(Specs.built("evil"));
        assertEquals(Verdict.CONTESTED, recounted(evil, good));
        assertEquals(Verdict.CONTESTED, recounted(good, good, evil));
        assertEquals(Verdict.CERTIFIED, recounted(good, good));
        assertEquals(Verdict.CERTIFIED, recounted(good));
        assertTrue(
                Certificate.recount(evil, List.of(certificate(good))).winner().isEmpty());
    }

    @Test
    void aNegativeCertificateContradictsNothing() {
        RoundScript silent = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open();
        Tally nothing = silent.tally(Policies.threshold(2), Openness.CLOSED);
        Tally good = count(Specs.built("good"));
        assertEquals(Verdict.CERTIFIED, recounted(good, nothing));
        assertEquals(nothing.verdict(), recounted(nothing, good));
    }

    private static Certificate reread(Certificate certificate, UnaryOperator<String> change) throws MalformedException {
        byte[] payload = change.apply(new String(certificate.statement().bytes(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        var signer = new KeyPairSigner(KeyPairSigner.generate());
        try {
            return Certificate.parse(
                    Envelope.sign(payload, signer).verify(signer.publicKey()).orElseThrow());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCertificateReadsBackAsItWasWritten() throws Exception {
        RoundScript silent = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open();
        var proofs = List.of(Sha256.of("one proof"), Sha256.of("another"));
        for (Certificate certificate : List.of(
                certificate(count(Specs.built("good"))),
                Certificate.of(
                        silent.opening().value(),
                        count(Specs.built("good")),
                        proofs,
                        "quorate.example",
                        RoundScript.START),
                certificate(silent.tally(Policies.threshold(2), Openness.CLOSED)))) {
            assertEquals(certificate, reread(certificate, text -> text));
        }
    }

    @Test
    void whatACertificateSaysItSaysInOneWay() {
        Certificate good = certificate(count(Specs.built("good")));
        Map<String, String> wrong = Map.of(
                "\"verificationResult\":\"PASSED\"", "\"verificationResult\":\"FAILED\"",
                "\"quorate_verdict\":\"CERTIFIED\"", "\"quorate_verdict\":\"GOOD\"",
                "\"id\":\"https://", "\"id\":\"http://",
                "\"slsaVersion\":\"1.", "\"slsaVersion\":\"2.",
                "\"uri\":\"https://quorate.dev/", "\"uri\":\"https://quorate.example/",
                "\"resourceUri\":\"", "\"resourceUri\":\"x");
        wrong.forEach((from, to) -> {
            assertTrue(new String(good.statement().bytes(), StandardCharsets.UTF_8).contains(from), from);
            assertThrows(MalformedException.class, () -> reread(good, text -> text.replace(from, to)), from);
        });
    }

    @Test
    void onlyACertifiedResultHasLevels() {
        RoundScript silent = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open();
        assertEquals(
                List.of(),
                certificate(silent.tally(Policies.threshold(2), Openness.CLOSED))
                        .levels());
        assertEquals(
                List.of("SLSA_BUILD_REPRODUCED", "QUORATE_REPRODUCED_2_OF_2"),
                certificate(count(Specs.built("good"))).levels());
    }

    /** Whatever the builders of a trust root said in a round, by keys of theirs, and nobody else. */
    @Test
    void aCertificateNamesWhatBuildersSaid() {
        var tpm = new SoftTpm("t1").measure(7, "secure boot");
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .profile(new Tpm2Profile("p", List.of(new PcrReference(7, List.of(tpm.pcr(7)))), List.of(), false))
                .measured("b1", tpm)
                .builder("b2")
                .builder("b3")
                .open()
                .attest("b1", tpm, 7)
                .agree(Specs.built("good"));
        RoundRecord record = script.record();
        List<Sha256> all = Stream.concat(
                        record.evidence().stream().map(Logged::digest),
                        record.proofs().stream().map(Logged::digest))
                .toList();
        assertEquals(4, all.size());
        assertEquals(all, Certificate.named(record, script.trust()));
        // b1's key of the round is known by its evidence alone, and speaks for nobody else.
        P256Key voice = record.evidence().getFirst().signedBy();
        assertEquals(List.of(all.get(0), all.get(1)), Certificate.named(signedBy(record, voice), script.trust()));
        assertEquals(
                List.of(all.get(0)),
                Certificate.named(signedBy(record, RoundScript.stranger().publicKey()), script.trust()));
        script.distrust("b1");
        assertEquals(List.of(all.get(2), all.get(3)), Certificate.named(record, script.trust()));
    }

    private static RoundRecord signedBy(RoundRecord record, P256Key key) {
        List<Logged<BuildProof>> proofs = record.proofs().stream()
                .map(proof -> new Logged<>(proof.value(), key, proof.index(), proof.digest()))
                .toList();
        return new RoundRecord(
                record.opening(), record.evidence(), record.changes(), record.commitments(), proofs, record.time());
    }
}
