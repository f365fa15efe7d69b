package dev.quorate.intoto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23T23:59:59Z", "2028-02-29T00:00:00.5Z"})
    void aTimeThatExistsIsRead(String text) {
        assertEquals(Instant.parse(text), Instants.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "2026-02-29T00:00:00Z",
                "2026-11-23T12:00:00+00:00",
                "2026-11-23t12:00:00z",
                "2026-11-23T12:00Z"
            })
    void anotherFormOrATimeThatDoesNotExistIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Instants.parse(text));
    }
}
