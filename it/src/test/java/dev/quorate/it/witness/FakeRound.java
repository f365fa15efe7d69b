package dev.quorate.it.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.FakeAgent;
import dev.quorate.coordinator.Lab;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import dev.quorate.spec.RebuildSpec;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A round of three builders that need no build and agree. */
final class FakeRound {
    static final byte[] RESULT = "hello\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] INPUT = "the source".getBytes(StandardCharsets.UTF_8);

    private FakeRound() {}

    /** The kit of a new round that was certified. */
    static byte[] kit(Lab lab) throws Exception {
        return kit(lab, certified(lab));
    }

    static String certified(Lab lab) throws Exception {
        P256Key certifier =
                lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
        RebuildSpec spec = Lab.spec("hello", INPUT);
        HttpResponse<byte[]> answer = lab.anonymous()
                .post("/v1/rounds", lab.submission(spec, List.of()).json());
        String round = Client.json(answer).string("round");
        List<FakeAgent> agents = new ArrayList<>();
        for (String name : List.of("b1", "b2", "b3")) {
            var id = new BuilderId(name);
            var agent = new FakeAgent(id, lab.as(id), lab.builders.get(id));
            agent.lease(0, certifier);
            agent.commit(FakeAgent.built(RESULT));
            agents.add(agent);
        }
        for (FakeAgent agent : agents) {
            HttpResponse<byte[]> told = agent.reveal(RESULT);
            assertEquals(200, told.statusCode(), new String(told.body(), StandardCharsets.UTF_8));
        }
        String events = new String(
                lab.anonymous().get("/v1/rounds/" + round + "/events").body(), StandardCharsets.UTF_8);
        assertTrue(events.contains("\"verdict\":\"CERTIFIED\""), events);
        return round;
    }

    static byte[] kit(Lab lab, String round) throws Exception {
        HttpResponse<byte[]> answer = lab.anonymous().get("/v1/rounds/" + round + "/kit");
        assertEquals(200, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        return answer.body();
    }
}
