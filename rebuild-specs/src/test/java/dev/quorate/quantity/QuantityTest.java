package dev.quorate.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"90s, 90", "20m, 1200", "2h, 7200", "90d, 7776000"})
    void readsLengthsOfTime(String text, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), Span.parse(text).duration());
        assertEquals(text, Span.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource({"512KiB, 524288", "16MiB, 16777216", "4GiB, 4294967296"})
    void readsAmountsOfBytes(String text, long bytes) {
        assertEquals(bytes, ByteCount.parse(text).bytes());
        assertEquals(text, ByteCount.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "-1s", "1", "s", "1.5h", "1 h", "1H", "12345678s", "1w", "٣s"})
    void refusesOtherLengths(String text) {
        assertThrows(IllegalArgumentException.class, () -> Span.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0KiB", "-1MiB", "1", "1KB", "1K", "1.5GiB", "1 GiB", "12345678GiB", "٣GiB"})
    void refusesOtherAmounts(String text) {
        assertThrows(IllegalArgumentException.class, () -> ByteCount.parse(text));
    }
}
