package dev.quorate.agent.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A journal that a crash or a disk has damaged. */
class JournalFuzzTest implements Fuzzed {
    private static final String FILE = "{\"path\":\"log\",\"sha256\":\"" + "a".repeat(64) + "\"}";
    private static final String ENVELOPE =
            "{\"payload\":\"e30=\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"MAA=\"}]}";
    private static final String RESULT = "{\"environment\":" + FILE + ",\"finished\":\"2026-11-23T12:00:01Z\",\"log\":"
            + FILE
            + ",\"nonce\":\"" + "A".repeat(43) + "=\",\"outcome\":{\"failure\":\"BUILD_FAILED\",\"detail\":\"no\"},"
            + "\"outputDirectory\":\"out\",\"started\":\"2026-11-23T12:00:00Z\"}";

    @Override
    public List<Target> targets() {
        String committed =
                "{\"commitment\":" + ENVELOPE + ",\"index\":7,\"result\":" + RESULT + ",\"step\":\"committed\"}";
        return List.of(Target.of("journal", JournalFuzzTest::read, committed.getBytes(StandardCharsets.UTF_8)));
    }

    private static void read(byte[] bytes) throws MalformedException {
        Entry entry = Entry.read(Fields.of(JsonReader.read(bytes, 1 << 20, "fuzz"), "fuzz"));
        assertEquals(entry.json(), Entry.read(Fields.of(entry.json(), "again")).json());
    }
}
