package dev.quorate.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.proof.Outcome;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import java.util.List;
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
}
