package dev.quorate.coordinator.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Events as they are kept. */
class EventFuzzTest implements Fuzzed {
    private static final String FILED = "\"filed\":{\"envelope\":\"" + "a".repeat(64) + "\",\"index\":1}";
    private static final String AT = "\"at\":\"2026-11-23T12:00:00Z\",";
    private static final String HOLDER = "\"builder\":\"b1\",\"token\":1,";

    @Override
    public List<Target> targets() {
        List<byte[]> seeds = Stream.of(
                        "{" + AT + "\"event\":\"opened\"," + FILED + ",\"round\":\"" + RoundId.ofRandom(new byte[16])
                                + "\",\"spec\":\"sha256:" + "b".repeat(64)
                                + "\",\"builders\":[\"b1\",\"b2\"],\"threshold\":2,\"lease\":30,\"commitWithin\":60,"
                                + "\"revealWithin\":60}",
                        "{" + AT + HOLDER + "\"event\":\"committed\"," + FILED + "}",
                        "{" + AT + HOLDER + "\"event\":\"proven\",\"finality\":\"" + Finality.values()[0].name() + "\","
                                + FILED + "}",
                        "{" + AT + "\"event\":\"counted\",\"verdict\":\"CERTIFIED\",\"reason\":\"\"}")
                .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                .toList();
        return List.of(Target.of("round-event", EventFuzzTest::read, seeds));
    }

    private static void read(byte[] bytes) throws MalformedException {
        RoundEvent event = EventJson.read(new String(bytes, StandardCharsets.UTF_8));
        if (!(event instanceof RoundEvent.Heartbeat)) {
            assertEquals(event, EventJson.read(EventJson.write(event)));
        }
    }
}
