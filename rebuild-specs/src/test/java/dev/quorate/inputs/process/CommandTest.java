package dev.quorate.inputs.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void passesOnlyItsOwnEnvironment() throws Exception {
        assertEquals("A=b\n", new Command(List.of("/usr/bin/env"), Map.of("A", "b"), Path.of("/"), LONG).text(1000));
    }

    @Test
    void saysStatusAndLastLineAndKeepsTheOutput() {
        var e = assertThrows(
                CommandFailedException.class,
                () -> shell("echo out; printf 'first\\nlast\\033[1m' >&2; exit 3", LONG)
                        .text(1000));
        assertEquals("sh ended with status 3: last\\u{1b}[1m", e.getMessage());
        assertEquals("out\n", e.output());
    }

    @Test
    void boundsOutputAndSurvivesAFloodOfErrors() throws Exception {
        assertThrows(CommandFailedException.class, () -> shell("yes", LONG).text(1000));
        assertEquals(
                "x", shell("head -c 10000000 /dev/zero >&2; printf x", LONG).text(10));
    }

    @Test
    void killsWhatTakesTooLongWithItsChildren() throws Exception {
        Command endless = shell("sleep 1000 & echo $!; wait", Duration.ofMillis(300));
        var e = assertThrows(
                CommandFailedException.class,
                () -> endless.run(output -> {
                    byte[] pid = output.readNBytes(2);
                    output.transferTo(OutputStream.nullOutputStream());
                    return pid;
                }));
        assertTrue(e.getMessage().contains("took longer"), e.getMessage());
    }

    @Test
    void killsWhenItIsInterrupted() throws Exception {
        long[] pid = new long[1];
        var started = new CountDownLatch(1);
        Thread caller = Thread.ofPlatform()
                .start(() -> assertThrows(
                        InterruptedException.class,
                        () -> shell("echo $$; exec sleep 1000", LONG).run(output -> {
                            var line = new BufferedReader(new InputStreamReader(output, StandardCharsets.US_ASCII))
                                    .readLine();
                            pid[0] = Long.parseLong(line);
                            started.countDown();
                            return output.read();
                        })));
        started.await();
        Optional<ProcessHandle> child = ProcessHandle.of(pid[0]);
        caller.interrupt();
        caller.join();
        if (child.isPresent()) {
            child.get().onExit().get();
            assertFalse(child.get().isAlive());
        }
    }

    private static Command shell(String script, Duration limit) {
        return new Command(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), Path.of("/"), limit);
    }
}
