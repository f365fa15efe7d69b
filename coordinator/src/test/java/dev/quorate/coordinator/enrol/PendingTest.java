package dev.quorate.coordinator.enrol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PendingTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void isAnsweredOnce() {
        var pending = new Pending<String>(10, RANDOM);
        String name = pending.ask("b1", NOW);
        assertEquals(Optional.empty(), pending.answer("another", NOW));
        assertEquals(Optional.of("b1"), pending.answer(name, NOW.plusSeconds(1)));
        assertEquals(Optional.empty(), pending.answer(name, NOW.plusSeconds(2)));
    }

    @Test
    void isAnsweredInTime() {
        var pending = new Pending<String>(10, RANDOM);
        String name = pending.ask("b1", NOW);
        assertEquals(Optional.empty(), pending.answer(name, NOW.plus(Pending.PATIENCE)));
    }

    @Test
    void theOldestGivesWay() {
        var pending = new Pending<Integer>(2, RANDOM);
        String first = pending.ask(1, NOW);
        String second = pending.ask(2, NOW);
        String third = pending.ask(3, NOW);
        assertEquals(Optional.empty(), pending.answer(first, NOW));
        assertEquals(Optional.of(2), pending.answer(second, NOW));
        assertEquals(Optional.of(3), pending.answer(third, NOW));
    }
}
