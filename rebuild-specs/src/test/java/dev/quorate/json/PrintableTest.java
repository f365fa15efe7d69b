package dev.quorate.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void showsWhatATerminalWouldObey() {
        assertEquals(
                "a\\u{1b}[2J\\u{a}\\u{202e}b\\u{9b}\\u{2028}é 漢", Printable.of("a\u001b[2J\n\u202eb\u009b\u2028é 漢"));
    }

    @Test
    void cutsWhatIsLong() {
        assertTrue(Printable.of("x".repeat(1_000_000)).length() < 300);
    }
}
