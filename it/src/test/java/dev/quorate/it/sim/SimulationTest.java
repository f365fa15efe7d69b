package dev.quorate.it.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.KeyPairSigner;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @BeforeAll
    static void signRepeatably() {
        RepeatableSignatures.install();
    }

    @AfterAll
    static void signAtRandom() {
        RepeatableSignatures.remove();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 40, 60})
    void everySeedHolds(long from) {
        for (long seed = from; seed < from + 8; seed++) {
            assertTrue(Simulation.run(seed, Extras.BY_SEED, line -> {}) > 0);
        }
    }

    /** A builder is taken off and a round is hopeless; an operator's builders disagree after a later trust root. */
    @ParameterizedTest
    @ValueSource(longs = {266, 592})
    void aSeedThatBrokeOnceHolds(long seed) {
        assertTrue(Simulation.run(seed, Extras.BY_SEED, line -> {}) > 0);
    }

    /** Machines are tampered with, and lied about. */
    @ParameterizedTest
    @ValueSource(longs = {2, 5, 6, 185})
    void everySeedHoldsWhereHostsAreAskedFor(long seed) {
        assertTrue(Simulation.run(seed, Extras.NONE.with("--hosts").orElseThrow(), line -> {}) > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-hosts", "--hosts", "--witnesses", "--authority"})
    void aSeedIsOneHistory(String option) {
        Extras extras = Extras.NONE.with(option).orElseThrow();
        List<String> once = new ArrayList<>();
        List<String> again = new ArrayList<>();
        assertEquals(Simulation.run(7, extras, once::add), Simulation.run(7, extras, again::add));
        assertEquals(once, again);
    }

    /** Not even lengths differ, which decide how much of a torn write is there. */
    @Test
    void aSignatureIsMadeAlikeEachTime() throws Exception {
        KeyPair pair = KeyPairSigner.generate();
        byte[] first = sign(pair);
        assertArrayEquals(first, sign(pair));
        Signature verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(pair.getPublic());
        verifying.update(MESSAGE);
        assertTrue(verifying.verify(first));
        assertEquals("SunEC", verifying.getProvider().getName());
    }

    private static byte[] sign(KeyPair pair) throws Exception {
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(pair.getPrivate());
        signing.update(MESSAGE);
        return signing.sign();
    }

    @Test
    void aBrokenInvariantNamesItsSeed() {
        var failure = assertThrows(
                AssertionError.class,
                () -> Simulation.run(3, Extras.BY_SEED, line -> {
                    throw new Violation("I0", "a test");
                }));
        assertEquals(
                "seed 3 breaks: dev.quorate.it.sim.Violation: I0: a test\nreplay: Simulation --real --seed 3 --trace",
                failure.getMessage());
    }
}
