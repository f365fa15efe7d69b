package dev.quorate.agent.qrexec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What comes from another qube. */
class QrexecFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() throws Exception {
        Path directory = Files.createTempDirectory("fuzz");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> removed(directory)));
        var call = new TestCall(directory);
        BuildRequest request = call.request();
        Envelope signed = call.signed(request);
        byte[] answer = call.answer(TestCall.stream(signed, Village.INPUT), new HonestBuilder());
        return List.of(
                Target.of("qrexec-frames", QrexecFuzzTest::frames, stream()).refusing(StreamRefusedException.class),
                Target.of("qrexec-head", QrexecFuzzTest::head, TestCall.stream(signed, ""))
                        .refusing(StreamRefusedException.class),
                Target.of("qrexec-answer", bytes -> answer(call, signed, answer, bytes), answer)
                        .refusing(StreamRefusedException.class)
                        .costly(),
                Target.of(
                                "qrexec-request",
                                bytes -> request(call, bytes),
                                request.statement().bytes())
                        .costly(),
                Target.of("qrexec-invocation", QrexecFuzzTest::invocation, "work\nb1".getBytes(StandardCharsets.UTF_8))
                        .refusing(IllegalArgumentException.class));
    }

    private static void removed(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] stream() throws IOException {
        var out = new ByteArrayOutputStream();
        new Frame(Frame.Kind.ALIVE, new byte[0]).write(out);
        new Frame(Frame.Kind.KEY, new byte[91]).write(out);
        new Frame(Frame.Kind.SEALED, new byte[20]).write(out);
        return out.toByteArray();
    }

    /** Frames are written as they were read. */
    private static void frames(byte[] bytes) throws IOException {
        var written = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(bytes);
        for (Optional<Frame> frame = Frame.read(in); frame.isPresent(); frame = Frame.read(in)) {
            frame.get().write(written);
        }
        assertArrayEquals(bytes, written.toByteArray());
    }

    private static void head(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        Head.readMagic(in);
        Head.read(in, "request");
        Head.requireEnd(in, "request");
    }

    /** Nobody but the service makes an answer that is taken; signs of life may be more or fewer. */
    private static void answer(TestCall call, Envelope request, byte[] golden, byte[] bytes) throws IOException {
        call.read(bytes, request.digest());
        assertArrayEquals(withoutLife(golden), withoutLife(bytes));
    }

    private static byte[] withoutLife(byte[] answer) throws IOException {
        var out = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(answer);
        Head.readMagic(in);
        for (Optional<Frame> frame = Frame.read(in); frame.isPresent(); frame = Frame.read(in)) {
            if (frame.get().kind() != Frame.Kind.ALIVE) {
                frame.get().write(out);
            }
        }
        return out.toByteArray();
    }

    private static void request(TestCall call, byte[] payload) throws MalformedException, GeneralSecurityException {
        VerifiedPayload verified = Envelope.sign(payload, call.service)
                .verify(call.service.publicKey())
                .orElseThrow();
        byte[] written = BuildRequest.parse(verified).statement().bytes();
        VerifiedPayload again = Envelope.sign(written, call.service)
                .verify(call.service.publicKey())
                .orElseThrow();
        assertArrayEquals(written, BuildRequest.parse(again).statement().bytes());
    }

    private static void invocation(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        String argument = parts.length < 2 ? "" : parts[1];
        Invocation.of(Map.of(
                "QREXEC_REMOTE_DOMAIN",
                parts[0],
                "QREXEC_SERVICE_FULL_NAME",
                "quorate.Build+" + argument,
                "QREXEC_SERVICE_ARGUMENT",
                argument));
    }
}
