package dev.quorate.it.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.FakeAgent;
import dev.quorate.coordinator.Lab;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A round of three builders that need no build, at a real coordinator. */
final class PlayedRound {
    private PlayedRound() {}

    /**
     * Plays it until it is certified and logged.
     *
     * @return its name
     */
    static String certified(Lab lab, String release, byte[] result) throws Exception {
        P256Key certifier =
                lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
        HttpResponse<byte[]> answer = lab.anonymous()
                .post(
                        "/v1/rounds",
                        lab.submission(Lab.spec(release, new byte[] {1}), List.of())
                                .json());
        String round = Client.json(answer).string("round");
        List<FakeAgent> agents = new ArrayList<>();
        for (String name : List.of("b1", "b2", "b3")) {
            var id = new BuilderId(name);
            var agent = new FakeAgent(id, lab.as(id), lab.builders.get(id));
            agent.lease(0, certifier);
            agent.commit(FakeAgent.built(result));
            agents.add(agent);
        }
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.reveal(result).statusCode());
        }
        String events = new String(
                lab.anonymous().get("/v1/rounds/" + round + "/events").body(), StandardCharsets.UTF_8);
        assertTrue(events.contains("\"verdict\":\"CERTIFIED\""), events);
        return round;
    }
}
