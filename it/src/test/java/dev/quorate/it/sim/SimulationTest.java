package dev.quorate.it.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 20, 40, 60})
    void everySeedHolds(long from) {
        for (long seed = from; seed < from + 8; seed++) {
            assertTrue(Simulation.run(seed, line -> {}) > 0);
        }
    }

    /** A builder is taken off and a round is hopeless; an operator's builders disagree after a later trust root. */
    @ParameterizedTest
    @ValueSource(longs = {266, 592})
    void aSeedThatBrokeOnceHolds(long seed) {
        assertTrue(Simulation.run(seed, line -> {}) > 0);
    }

    @Test
    void aSeedIsOneHistory() {
        List<String> once = new ArrayList<>();
        List<String> again = new ArrayList<>();
        assertEquals(Simulation.run(7, once::add), Simulation.run(7, again::add));
        assertEquals(once, again);
    }

    @Test
    void aBrokenInvariantNamesItsSeed() {
        var failure = assertThrows(
                AssertionError.class,
                () -> Simulation.run(3, line -> {
                    throw new Violation("I0", "a test");
                }));
        assertEquals(
                "seed 3 breaks: dev.quorate.it.sim.Violation: I0: a test\nreplay: Simulation --seed 3 --trace",
                failure.getMessage());
    }
}
