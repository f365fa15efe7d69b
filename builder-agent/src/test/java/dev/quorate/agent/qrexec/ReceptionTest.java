package dev.quorate.agent.qrexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.fixture.Village;
import dev.quorate.dsse.Envelope;
import dev.quorate.round.BuilderId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceptionTest {
    private static final int LENGTH_AT = 16;

    @TempDir
    Path directory;

    private TestCall call;

    @BeforeEach
    void make() {
        call = new TestCall(directory);
    }

    private Reception.Taken take(byte[] stream) throws IOException {
        return call.reception(Optional.empty()).take(new ByteArrayInputStream(stream));
    }

    private void assertRefused(Refusal refusal, byte[] stream) {
        var e = assertThrows(StreamRefusedException.class, () -> take(stream));
        assertEquals(refusal, e.refusal(), e.getMessage());
    }

    private byte[] good() {
        return TestCall.stream(call.signed(call.request()), "");
    }

    @Test
    void aSignedRequestIsTakenOnceAndNeverAgain() throws Exception {
        byte[] stream = good();
        assertEquals(call.request(), take(stream).request());
        assertRefused(Refusal.REPLAYED, stream);
    }

    @Test
    void aRequestCutOffAnywhereIsRefused() {
        byte[] stream = good();
        for (int length = 0; length < stream.length; length++) {
            assertRefused(Refusal.CUT_OFF, Arrays.copyOf(stream, length));
        }
    }

    @Test
    void aRequestWithAnyBitChangedIsRefused() {
        byte[] stream = good();
        for (int i = 0; i < stream.length; i++) {
            byte[] changed = stream.clone();
            changed[i] ^= (byte) (1 << i % Byte.SIZE);
            assertThrows(StreamRefusedException.class, () -> take(changed), "byte " + i);
        }
    }

    @Test
    void aLengthThatCannotBeIsRefusedBeforeAnythingIsRead() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Head.MAX_BYTES + 1}) {
            byte[] stream = good();
            ByteBuffer.wrap(stream).putInt(LENGTH_AT, length);
            assertRefused(Refusal.TOO_LONG, stream);
        }
    }

    @Test
    void anotherProtocolIsRefused() {
        assertRefused(Refusal.MALFORMED, "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertRefused(Refusal.CUT_OFF, new byte[0]);
    }

    @Test
    void aStrangersKeyIsRefused() {
        Envelope envelope = call.village.sign(call.request().statement(), Village.signer());
        assertRefused(Refusal.NOT_SIGNED, TestCall.stream(envelope, ""));
    }

    @Test
    void oneBuildersKeySpeaksForNoOther() {
        Envelope envelope = call.village.sign(call.request().statement(), call.village.builder(TestCall.OTHER));
        assertRefused(Refusal.OTHER_BUILDER, TestCall.stream(envelope, ""));
    }

    @Test
    void theArgumentOfTheServiceBindsTheBuilder() throws Exception {
        Reception other = call.reception(Optional.of(TestCall.OTHER));
        var e = assertThrows(StreamRefusedException.class, () -> other.take(new ByteArrayInputStream(good())));
        assertEquals(Refusal.OTHER_BUILDER, e.refusal());
        Reception same = call.reception(Optional.of(TestCall.SELF));
        assertEquals(
                TestCall.SELF,
                same.take(new ByteArrayInputStream(good())).request().builder());
    }

    @Test
    void aRequestOfAnotherTimeIsRefused() throws Exception {
        for (Duration off : new Duration[] {
            SeenRequests.WINDOW.plusSeconds(1), SeenRequests.WINDOW.negated().minusSeconds(1)
        }) {
            assertRefused(Refusal.STALE, at(Village.NOW.plus(off)));
        }
        take(at(Village.NOW.plus(SeenRequests.WINDOW)));
        take(at(Village.NOW.minus(SeenRequests.WINDOW)));
    }

    private byte[] at(Instant issued) {
        return TestCall.stream(call.signed(call.request(TestCall.SELF, issued, 2)), "");
    }

    @Test
    void anotherStatementOfTheBuilderIsNoRequest() {
        var opening = call.village.openingOf(
                new dev.quorate.round.RoundId("r-" + "0".repeat(26)), java.util.List.of(new BuilderId("b1")));
        Envelope envelope = call.village.sign(opening.statement(), call.village.builder(TestCall.SELF));
        assertRefused(Refusal.MALFORMED, TestCall.stream(envelope, ""));
    }

    @Test
    void whatIsRefusedIsSaidInOneLineThatIsSafeToPrint() {
        var e = assertThrows(StreamRefusedException.class, () -> take(at(Village.NOW.plusSeconds(100_000))));
        assertTrue(e.getMessage().startsWith("STALE: the request was issued at 2026-11-24T"), e.getMessage());
    }
}
