package dev.quorate.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private static final Fields FIELDS = fields();

    private static Fields fields() {
        try {
            return Fields.of(
                    Json.object()
                            .put("good", "HOURS")
                            .put("bad", "HOUR\u001b[2J")
                            .build(),
                    "x");
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWordIsOneOfThoseThatThereAre() throws Exception {
        assertEquals(TimeUnit.HOURS, FIELDS.word("good", TimeUnit.class));
        var refused = assertThrows(MalformedException.class, () -> FIELDS.word("bad", TimeUnit.class));
        assertEquals(
                "x: bad: must be one of NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS, not"
                        + " \"HOUR\\u{1b}[2J\"",
                refused.getMessage());
    }

    @Test
    void whatAParserRepeatsIsShownAsText() {
        var refused = assertThrows(MalformedException.class, () -> FIELDS.string("bad", Integer::valueOf));
        assertEquals("x: bad: For input string: \"HOUR\\u{1b}[2J\", not \"HOUR\\u{1b}[2J\"", refused.getMessage());
    }
}
