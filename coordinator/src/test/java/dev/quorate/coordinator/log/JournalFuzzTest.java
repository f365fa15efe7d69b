package dev.quorate.coordinator.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A segment of the journal on a damaged disk. */
class JournalFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() {
        JournalFrames frames = JournalFrames.withSalt(new byte[JournalFrames.SALT_BYTES]);
        var segment = new ByteArrayOutputStream();
        segment.writeBytes(frames.header());
        segment.writeBytes(frames.write(0, 1, new byte[] {0, 1, 'a'}));
        segment.writeBytes(frames.write(1, 1, new byte[] {0, 1, 'b'}));
        return List.of(Target.of("journal-segment", JournalFuzzTest::read, segment.toByteArray()));
    }

    /** What is read is what was written: a changed frame is none. */
    private static void read(byte[] segment) throws MalformedException {
        JournalFrames frames =
                JournalFrames.ofSegment(segment).orElseThrow(() -> new MalformedException("fuzz", "has no header"));
        int at = JournalFrames.HEADER_BYTES;
        for (Optional<JournalFrames.Frame> frame = frames.read(segment, at);
                frame.isPresent();
                frame = frames.read(segment, at)) {
            byte[] written = frames.write(
                    frame.get().first(), frame.get().count(), frame.get().payload());
            assertArrayEquals(
                    written, Arrays.copyOfRange(segment, at, frame.get().end()));
            at = frame.get().end();
        }
        frames.anyFrom(segment, at);
    }
}
