package dev.quorate.agent.qrexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.fixture.Village;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calling side, with programs that are no build service. */
class RemoteBuilderTest {
    @TempDir
    Path directory;

    private TestCall call;
    private Path input;

    @BeforeEach
    void make() throws Exception {
        call = new TestCall(directory);
        input = Files.writeString(directory.resolve("gcc.deb"), Village.INPUT);
    }

    private RemoteBuilder calling(String script) {
        return new RemoteBuilder(
                TestCall.SELF,
                call.village.builder(TestCall.SELF),
                new RemoteCommand(List.of("sh", "-c", script), call.service.publicKey()),
                InstantSource.fixed(Village.NOW),
                new SecureRandom());
    }

    private BuildOrder order() throws IOException {
        return new BuildOrder(call.village.spec(), digest -> input, call.order().directory());
    }

    private String reason(String script) throws Exception {
        BuildOrder order = order();
        var e = assertThrows(IOException.class, () -> calling(script).build(order));
        assertEquals(List.of(), left(order));
        return e.getMessage();
    }

    private static List<Path> left(BuildOrder order) throws IOException {
        try (Stream<Path> files = Files.list(order.directory())) {
            return files.toList();
        }
    }

    private void assertReason(String script, String... texts) throws Exception {
        String reason = reason(script);
        for (String text : texts) {
            assertTrue(reason.contains(text), reason);
        }
    }

    @Test
    void theExitStatusesOfQrexecAreExplained() throws Exception {
        assertReason("echo Request refused >&2; exit 126", "qrexec refused the call (status 126)", "Request refused");
        assertReason("exit 127", "no such service or program (status 127)");
        assertReason("exit 125", "qrexec had a problem (status 125)");
        assertReason("exit 2", "the program ended with status 2");
        assertReason("kill -9 $$", "the program ended with status 137");
    }

    @Test
    void aProgramThatIsNotThereIsSaidSo() throws Exception {
        var builder = new RemoteBuilder(
                TestCall.SELF,
                call.village.builder(TestCall.SELF),
                new RemoteCommand(List.of(directory.resolve("none").toString()), call.service.publicKey()),
                InstantSource.fixed(Village.NOW),
                new SecureRandom());
        BuildOrder order = order();
        var e = assertThrows(IOException.class, () -> builder.build(order));
        assertTrue(e.getMessage().contains("none"), e.getMessage());
    }

    @Test
    void anAnswerThatIsNoneIsRefused() throws Exception {
        assertReason("cat >/dev/null", "CUT_OFF: the stream ended at its beginning", "the program ended");
        assertReason("cat >/dev/null; echo hello, this is a shell", "MALFORMED: the stream does not begin with");
        // The request comes back, as from a relay that plays both sides.
        assertReason("cat", "MALFORMED: a frame has the unknown kind 0");
        assertReason("exec <&-; printf 'quorate.Build/1\\n'", "CUT_OFF: the stream ended before there was an answer");
        assertReason("exec >&-; cat >/dev/null", "CUT_OFF");
    }

    @Test
    void whatTheProgramSaysIsReadToItsEndAndCutShort() throws Exception {
        String reason = reason("cat >/dev/null; i=0; while [ $i -lt 20000 ]; do echo nothing >&2; i=$((i+1)); done;"
                + " printf '\\033[2Jthe end\\n' >&2");
        assertTrue(reason.contains("said: \\u{1b}[2Jthe end"), reason);
    }

    @Test
    void anInterruptEndsTheProgramAndLeavesNothing() throws Exception {
        Path started = directory.resolve("pid");
        BuildOrder order = order();
        var building = new FutureTask<>(() -> assertThrows(
                InterruptedException.class,
                () -> calling("printf 'quorate.Build/1\\n'; sleep 1000 & echo $! >" + started + ".part; mv " + started
                                + ".part " + started + "; wait")
                        .build(order)));
        Thread thread = Thread.ofPlatform().start(building);
        while (Files.notExists(started)) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertInstanceOf(InterruptedException.class, building.get(60, TimeUnit.SECONDS));
        assertEquals(List.of(), left(order));
        long pid = Long.parseLong(Files.readString(started).strip());
        ProcessHandle.of(pid)
                .ifPresent(sleeping ->
                        sleeping.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
}
