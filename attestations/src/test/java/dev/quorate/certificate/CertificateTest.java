package dev.quorate.certificate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.proof.Outcome;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import java.util.List;
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

    @Test
    void aSecondOutputSetContradictsTheFirstCertificate() {
        assertTrue(certificate(count(Specs.built("good"))).contradicts(count(Specs.built("evil"))));
        assertFalse(certificate(count(Specs.built("good"))).contradicts(count(Specs.built("good"))));
    }

    @Test
    void aNegativeCertificateContradictsNothing() {
        RoundScript silent = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open();
        Tally nothing = silent.tally(Policies.threshold(2), Openness.CLOSED);
        assertFalse(certificate(nothing).contradicts(count(Specs.built("good"))));
        assertFalse(certificate(count(Specs.built("good"))).contradicts(nothing));
    }
}
