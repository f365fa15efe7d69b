package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.kit.Kit;
import dev.quorate.round.BuilderId;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.Release;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WholeRoundTest {
    private static final byte[] RESULT = "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] INPUT = "the source".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Lab lab;
    private final List<FakeAgent> agents = new ArrayList<>();
    private P256Key certifier;
    private RebuildSpec spec;

    @BeforeEach
    void openLab() throws Exception {
        lab = new Lab(directory, 3, "");
        certifier = lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
        spec = Lab.spec("hello", INPUT);
        connect();
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private void connect() throws Exception {
        agents.clear();
        for (String name : List.of("b1", "b2", "b3")) {
            var id = new BuilderId(name);
            agents.add(new FakeAgent(id, lab.as(id), lab.builders.get(id)));
        }
    }

    private String submit() throws Exception {
        List<Subject> claims = List.of(new Subject("hello", Sha256.of(RESULT)));
        HttpResponse<byte[]> answer =
                lab.anonymous().post("/v1/rounds", lab.submission(spec, claims).json());
        assertEquals(201, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        return Client.json(answer).string("round");
    }

    private Fields status(String round) throws Exception {
        return Client.json(lab.anonymous().get("/v1/rounds/" + round));
    }

    /** Follows the events until the round is over. */
    private String finalStatus(String round) throws Exception {
        HttpResponse<byte[]> events = lab.anonymous().get("/v1/rounds/" + round + "/events");
        String text = new String(events.body(), StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf("data: ") + 6).strip();
    }

    @Test
    void threeOfThreeAgreeAndTheKitVerifiesOffline() throws Exception {
        String round = submit();
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.lease(0, certifier).statusCode());
            agent.commit(FakeAgent.built(RESULT));
        }
        assertEquals("REVEALING", status(round).string("state"));
        for (FakeAgent agent : agents) {
            HttpResponse<byte[]> shown = agent.client.get(agent.path("reveal?token=" + agent.token + "&wait=5"));
            assertEquals(3, Client.json(shown).objects("commitments", 9, f -> f).size());
            HttpResponse<byte[]> told = agent.reveal(RESULT);
            assertEquals(200, told.statusCode(), new String(told.body(), StandardCharsets.UTF_8));
        }
        String last = finalStatus(round);
        assertTrue(last.contains("\"verdict\":\"CERTIFIED\""), last);
        assertTrue(last.contains("\"matches\":true"), last);
        byte[] kit = lab.anonymous().get("/v1/rounds/" + round + "/kit").body();
        assertEquals(8, Kit.parse(kit, "kit").bundles().size());
        Report report = verify(kit);
        assertTrue(report.json().toString().contains("VERIFIED"), report.json().toString());
    }

    private Report verify(byte[] kit) throws Exception {
        var verifier = new Verifier(lab.trust, lab.policy(), Instant.now(), Optional.of(Release.parse("hello@1.0")));
        return verifier.verify(List.of(new Artifact("hello", Sha256.of(RESULT))), kit, "kit");
    }
}
