package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootWatchdogTest {
    private static final Duration BOOT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private Path report(String text) throws IOException {
        return Files.writeString(directory.resolve("report"), text);
    }

    @Test
    void aGuestHasItsTimeToBoot() throws Exception {
        var watchdog = new BootWatchdog(report("\0\0\0"), BOOT);
        assertEquals(Optional.empty(), watchdog.overdue(BOOT));
        assertFalse(watchdog.expired());
        assertEquals(Optional.of("it was not ready after 120 s"), watchdog.overdue(BOOT.plusMillis(1)));
        assertTrue(watchdog.expired());
    }

    @Test
    void aBuildThatHasBegunIsNotItsConcern() throws Exception {
        var watchdog = new BootWatchdog(report("quorate-guest 1\nrunning\n\0"), BOOT);
        assertEquals(Optional.empty(), watchdog.overdue(Duration.ofSeconds(1)));
        report("the build wrote over it");
        assertEquals(Optional.empty(), watchdog.overdue(Duration.ofHours(1)));
        assertFalse(watchdog.expired());
    }

    @Test
    void whatAGuestOfOursWouldNotWriteIsNoBeginning() throws Exception {
        var watchdog = new BootWatchdog(report("quorate-guest 2\nrunning\n"), BOOT);
        assertTrue(watchdog.overdue(Duration.ofHours(1)).isPresent());
    }
}
