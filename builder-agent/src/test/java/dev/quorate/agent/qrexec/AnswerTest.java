package dev.quorate.agent.qrexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.Village;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {
    private static final int MAGIC = 16;
    /** Beyond the magic, a sign of life, the key, and the header of the first sealed frame. */
    private static final int SEALED_AT = MAGIC + 5 + 5 + 91 + 5 + 16;

    private static final int BIG = 200_000;

    @TempDir
    Path directory;

    private TestCall call;
    private Envelope request;

    @BeforeEach
    void make() {
        call = new TestCall(directory);
        request = call.signed(call.request());
    }

    /** Makes outputs of several frames, and a link. */
    private static BuildResult big(BuildOrder order) throws IOException {
        var small = (BuildResult.Built) new HonestBuilder().build(order);
        byte[] content = new byte[BIG];
        Arrays.fill(content, (byte) 'q');
        Files.write(small.outputDirectory().resolve("big"), content);
        List<Output> outputs = new ArrayList<>(small.outputs().outputs());
        outputs.add(new Output.File(new RelativePath("big"), false, BIG, Sha256.of(content)));
        outputs.add(new Output.Symlink(new RelativePath("link"), "/etc/passwd"));
        return new BuildResult.Built(
                new OutputSet(outputs), small.outputDirectory(), small.environment(), small.log(), small.duration());
    }

    private byte[] bigAnswer() throws Exception {
        return call.answer(TestCall.stream(request, Village.INPUT), AnswerTest::big);
    }

    private void assertRefused(Refusal refusal, byte[] answer) {
        var e = assertThrows(StreamRefusedException.class, () -> call.read(answer, request.digest()));
        assertEquals(refusal, e.refusal(), e.getMessage());
    }

    @Test
    void whatWasBuiltThereIsHere() throws Exception {
        var built = assertInstanceOf(BuildResult.Built.class, call.read(bigAnswer(), request.digest()));
        assertEquals(
                HonestBuilder.OUTPUT, Files.readString(built.outputDirectory().resolve("hello")));
        assertTrue(Files.isExecutable(built.outputDirectory().resolve("hello")));
        assertEquals(BIG, Files.size(built.outputDirectory().resolve("big")));
        assertEquals(
                Path.of("/etc/passwd"),
                Files.readSymbolicLink(built.outputDirectory().resolve("link")));
        assertEquals("made hello\n", Files.readString(built.log()));
        assertEquals("qrexec/container", built.environment().isolation());
        assertEquals(Duration.ofSeconds(1), built.duration());
    }

    @Test
    void aFailureThereIsAFailureHereInOneLine() throws Exception {
        Builder failing = order -> HonestBuilder.failed(order, FailureClass.RESOURCE_LIMIT);
        byte[] answer = call.answer(TestCall.stream(request, Village.INPUT), failing);
        var failed = assertInstanceOf(BuildResult.Failed.class, call.read(answer, request.digest()));
        assertEquals(FailureClass.RESOURCE_LIMIT, failed.failure());
        assertEquals("it went wrong", failed.detail());
        assertEquals("wrong\n", Files.readString(failed.log()));
    }

    @Test
    void whoeverCarriesTheAnswerDoesNotSeeTheResult() throws Exception {
        String seen = new String(call.answer(request), StandardCharsets.ISO_8859_1);
        for (String secret :
                List.of(HonestBuilder.OUTPUT, Sha256.of(HonestBuilder.OUTPUT).hex(), "payload", "made")) {
            assertFalse(seen.contains(secret), secret);
        }
    }

    @Test
    void anAnswerCutOffAnywhereIsRefused() throws Exception {
        byte[] answer = call.answer(request);
        for (int length = 0; length < answer.length; length = next(length)) {
            assertRefused(Refusal.CUT_OFF, Arrays.copyOf(answer, length));
        }
        // Between two frames nothing in the stream itself looks broken.
        List<byte[]> frames = frames(bigAnswer(2));
        for (int count = 0; count < frames.size(); count++) {
            assertRefused(Refusal.CUT_OFF, join(frames.subList(0, count)));
        }
    }

    /** Every byte up to the sealed ones and of their frame's header; then some. */
    private static int next(int i) {
        return i < SEALED_AT ? i + 1 : i + 13;
    }

    private byte[] bigAnswer(int nonce) throws Exception {
        request = call.signed(call.request(TestCall.SELF, Village.NOW, nonce));
        return bigAnswer();
    }

    @Test
    void anAnswerWithAnyBitChangedIsRefused() throws Exception {
        byte[] answer = call.answer(request);
        for (int i = 0; i < answer.length; i = next(i)) {
            byte[] changed = answer.clone();
            changed[i] ^= (byte) (1 << i % Byte.SIZE);
            assertThrows(
                    StreamRefusedException.class,
                    () -> call.read(changed, request.digest()),
                    "a changed byte was taken");
        }
    }

    @Test
    void framesLeftOutRepeatedOrExchangedAreRefused() throws Exception {
        List<byte[]> frames = frames(bigAnswer());
        int first = firstSealed(frames);
        assertTrue(frames.size() - first >= 4, "the answer has several sealed frames");
        for (int i = first; i < frames.size() - 1; i++) {
            List<byte[]> without = new ArrayList<>(frames);
            without.remove(i);
            assertRefused(Refusal.SEAL_BROKEN, join(without));
            List<byte[]> twice = new ArrayList<>(frames);
            twice.add(i, frames.get(i));
            assertRefused(Refusal.SEAL_BROKEN, join(twice));
            List<byte[]> exchanged = new ArrayList<>(frames);
            Collections.swap(exchanged, i, i + 1);
            assertRefused(Refusal.SEAL_BROKEN, join(exchanged));
        }
        List<byte[]> more = new ArrayList<>(frames);
        more.add(frames.getLast());
        assertRefused(Refusal.SEAL_BROKEN, join(more));
    }

    @Test
    void signsOfLifeComeOnlyBeforeTheAnswer() throws Exception {
        List<byte[]> frames = frames(call.answer(request));
        byte[] alive = {'A', 0, 0, 0, 0};
        List<byte[]> early = new ArrayList<>(frames);
        early.addAll(0, Collections.nCopies(100, alive));
        call.read(join(early), request.digest());
        List<byte[]> late = new ArrayList<>(frames);
        late.add(alive);
        assertRefused(Refusal.MALFORMED, join(late));
        // Twenty times a minute of building and the two hours beyond, one in five seconds.
        List<byte[]> endless = new ArrayList<>(Collections.nCopies(2000, alive));
        endless.addAll(frames);
        assertRefused(Refusal.BEYOND_LIMIT, join(endless));
    }

    @Test
    void anAnswerToAnEarlierRequestIsRefused() throws Exception {
        byte[] first = call.answer(request);
        Envelope second = call.signed(call.request(TestCall.SELF, Village.NOW, 2));
        call.read(first, request.digest());
        var e = assertThrows(StreamRefusedException.class, () -> call.read(first, second.digest()));
        assertEquals(Refusal.SEAL_BROKEN, e.refusal());
    }

    @Test
    void anAnswerThatNamesAnotherRequestIsRefused() throws Exception {
        assertRefused(Refusal.OTHER_REQUEST, sealed(answer(Sha256.of("another"), file("a", 1)), call.service, "a"));
    }

    @Test
    void aRelayThatAnswersItselfIsRefused() throws Exception {
        assertRefused(Refusal.NOT_SIGNED, sealed(answer(request.digest(), file("a", 1)), Village.signer(), "a"));
    }

    @Test
    void theBuildersOwnKeyDoesNotAnswer() throws Exception {
        Signer builder = call.village.builder(TestCall.SELF);
        assertRefused(Refusal.NOT_SIGNED, sealed(answer(request.digest(), file("a", 1)), builder, "a"));
    }

    @Test
    void bytesBeyondTheSpecsLimitAreRefusedBeforeTheyCome() throws Exception {
        assertRefused(
                Refusal.BEYOND_LIMIT, sealed(answer(request.digest(), file("a", (1L << 30) + 1)), call.service, "a"));
        assertRefused(
                Refusal.BEYOND_LIMIT,
                sealed(answer(request.digest(), file("a", 1L << 30), file("b", 1)), call.service, ""));
    }

    @Test
    void otherBytesThanAnnouncedAndBytesAfterThemAreRefused() throws Exception {
        BuildAnswer answer = answer(request.digest(), file("a", 1));
        assertRefused(Refusal.OTHER_BYTES, sealed(answer, call.service, "b"));
        assertRefused(Refusal.TRAILING_BYTES, sealed(answer, call.service, "aa"));
        assertRefused(Refusal.CUT_OFF, sealed(answer, call.service, ""));
    }

    @Test
    void nothingIsWrittenThroughALinkOfTheAnswer() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        BuildAnswer answer = answer(
                request.digest(),
                new Output.Symlink(new RelativePath("d"), outside.toString()),
                new Output.File(new RelativePath("d/a"), false, 1, Sha256.of("a")));
        byte[] stream = sealed(answer, call.service, "a");
        assertThrows(IOException.class, () -> call.read(stream, request.digest()));
        try (var files = Files.list(outside)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static Output file(String content, long size) {
        return new Output.File(new RelativePath(content), false, size, Sha256.of(content));
    }

    private BuildAnswer answer(Sha256 to, Output... outputs) throws Exception {
        var honest = (BuildResult.Built) new HonestBuilder()
                .build(new BuildOrder(
                        call.village.spec(),
                        digest -> writeInput(),
                        Files.createDirectories(directory.resolve("made/" + to.hex() + outputs.length))));
        return new BuildAnswer(
                call.village.spec().digest(),
                to,
                new Outcome.Built(new OutputSet(List.of(outputs))),
                honest.environment(),
                new BuildAnswer.Log(0, Sha256.of("")),
                Duration.ZERO);
    }

    private Path writeInput() {
        try {
            return Files.writeString(directory.resolve("input"), Village.INPUT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What a service would send that says just this. */
    private byte[] sealed(BuildAnswer answer, Signer signer, String body) throws Exception {
        KeyPair pair = KeyPairSigner.generate();
        P256Key own = P256Key.of(pair.getPublic());
        var out = new ByteArrayOutputStream();
        Head.writeMagic(out);
        new Frame(Frame.Kind.KEY, own.spki()).write(out);
        Seal seal = Seal.between(pair.getPrivate(), P256Key.of(call.pair.getPublic()), request.digest(), own);
        try (var sealed = new SealedOutput(out, seal)) {
            Head.write(sealed, call.village.sign(answer.statement(), signer));
            sealed.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** The frames as bytes. */
    private static List<byte[]> frames(byte[] answer) throws IOException {
        InputStream in = new ByteArrayInputStream(answer, MAGIC, answer.length - MAGIC);
        List<byte[]> frames = new ArrayList<>();
        for (Optional<Frame> frame = Frame.read(in); frame.isPresent(); frame = Frame.read(in)) {
            var out = new ByteArrayOutputStream();
            frame.get().write(out);
            frames.add(out.toByteArray());
        }
        return frames;
    }

    private static int firstSealed(List<byte[]> frames) {
        int i = 0;
        while (frames.get(i)[0] != 'S') {
            i++;
        }
        return i;
    }

    private static byte[] join(List<byte[]> frames) throws IOException {
        var out = new ByteArrayOutputStream();
        Head.writeMagic(out);
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
