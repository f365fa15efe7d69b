package dev.quorate.agent.qrexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.Village;
import dev.quorate.dsse.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalledBuildTest {
    @TempDir
    Path directory;

    private TestCall call;
    private final AtomicBoolean built = new AtomicBoolean();
    private final Builder watched = order -> {
        built.set(true);
        return new HonestBuilder().build(order);
    };

    @BeforeEach
    void make() {
        call = new TestCall(directory);
    }

    private byte[] request(String body) {
        return TestCall.stream(call.signed(call.request()), body);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void assertRefused(Refusal refusal, byte[] stream) throws Exception {
        var e = assertThrows(StreamRefusedException.class, () -> call.answer(stream, watched));
        assertEquals(refusal, e.refusal(), e.getMessage());
        assertEquals(false, built.get(), "nothing is built for a request that is refused");
        assertEquals(List.of("seen"), left());
    }

    @Test
    void aCallLeavesOnlyTheDigestOfItsRequest() throws Exception {
        call.answer(request(Village.INPUT), watched);
        assertTrue(built.get());
        assertEquals(List.of("seen"), left());
    }

    @Test
    void theBuilderGetsTheFilesOfTheRequest() throws Exception {
        // The honest builder reads its input and fails without it.
        Envelope request = call.signed(call.request());
        assertInstanceOf(BuildResult.Built.class, call.read(call.answer(request), request.digest()));
    }

    @Test
    void filesCutOffAreRefused() throws Exception {
        assertRefused(Refusal.CUT_OFF, request(Village.INPUT.substring(1)));
    }

    @Test
    void filesWithOtherBytesAreRefused() throws Exception {
        assertRefused(Refusal.OTHER_BYTES, request("gxx"));
    }

    @Test
    void anythingAfterTheFilesIsRefused() throws Exception {
        assertRefused(Refusal.TRAILING_BYTES, request(Village.INPUT + "c"));
    }

    @Test
    void aCallThatIsStoppedLeavesNothing() throws Exception {
        Builder stopped = order -> {
            Files.writeString(order.directory().resolve("half"), "");
            throw new InterruptedException("SIGTERM");
        };
        assertThrows(InterruptedException.class, () -> call.answer(request(Village.INPUT), stopped));
        assertEquals(List.of("seen"), left());
    }

    @Test
    void aMachineThatFailsLeavesNothing() throws Exception {
        Builder failing = order -> {
            throw new IOException("the disk is full");
        };
        assertThrows(IOException.class, () -> call.answer(request(Village.INPUT), failing));
        assertEquals(List.of("seen"), left());
    }

    @Test
    void aBuildThatNobodyWaitsForIsStopped() throws Exception {
        Builder patient = order -> {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody opens this latch");
        };
        OutputStream closed = new OutputStream() {
            private int open = "quorate.Build/1\n".getBytes(StandardCharsets.US_ASCII).length;

            @Override
            public void write(int b) throws IOException {
                if (open-- <= 0) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        assertThrows(
                InterruptedException.class,
                () -> call.called(patient).answer(new ByteArrayInputStream(request(Village.INPUT)), closed));
        assertEquals(List.of("seen"), left());
    }
}
