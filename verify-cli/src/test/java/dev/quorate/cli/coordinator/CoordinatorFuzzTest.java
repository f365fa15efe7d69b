package dev.quorate.cli.coordinator;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a coordinator answers. */
class CoordinatorFuzzTest implements Fuzzed {
    private static final String STATUS = """
            {"round":"r-00000000000000000000000000000000","release":"a@1","platform":"linux/amd64","state":"LOGGED",
             "verdict":"CERTIFIED","reason":"","threshold":{"required":2,"reached":2},
             "builders":[{"builder":"b1","operator":"o","state":"PROVEN","host":{"profile":"p"},"assurance":"measured"}],
             "claims":[{"name":"a","sha256":"00","matches":true}],"withdrawn":{"reason":"x","trust":2,"at":"now"},
             "regression":{"text":"older"}}
            """;

    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("round-status", CoordinatorFuzzTest::status, STATUS.getBytes(StandardCharsets.UTF_8)),
                Target.of(
                                "server-sent-events",
                                CoordinatorFuzzTest::events,
                                ": hi\n\nid: 1\ndata: {\"a\":\r\ndata:1}\r\n\r\n".getBytes(StandardCharsets.UTF_8))
                        .refusing(IOException.class));
    }

    private static void status(byte[] bytes) throws MalformedException {
        RoundStatus.read(Fields.of(JsonReader.read(bytes, 1 << 20, "fuzz"), "fuzz"))
                .isFinal();
    }

    private static void events(byte[] bytes) throws IOException {
        var reader = new EventReader(new ByteArrayInputStream(bytes), 1000);
        while (reader.next().isPresent()) {
            // Each is read to its end.
        }
    }
}
