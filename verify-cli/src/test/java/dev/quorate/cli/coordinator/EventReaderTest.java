package dev.quorate.cli.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static EventReader reader(String text) {
        return new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 100);
    }

    @Test
    void dataIsReadAndTheRestPassedOver() throws IOException {
        EventReader reader = reader(": hi\n\nevent: status\ndata: {\"a\":1}\nid: 3\n\ndata:x\r\ndata: y\r\n\r\n");
        assertEquals(Optional.of("{\"a\":1}"), reader.next());
        assertEquals(Optional.of("x\ny"), reader.next());
        assertEquals(Optional.empty(), reader.next());
    }

    @Test
    void anEventThatIsCutOffIsNoEvent() throws IOException {
        assertEquals(Optional.empty(), reader("data: half").next());
        assertEquals(Optional.empty(), reader("data: half\n").next());
    }

    @Test
    void linesAndEventsAreBounded() {
        assertThrows(IOException.class, () -> reader("data: " + "x".repeat(200)).next());
        assertThrows(
                IOException.class, () -> reader("data: 123456789\n".repeat(20)).next());
    }
}
