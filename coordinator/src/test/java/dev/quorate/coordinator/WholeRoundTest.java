package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.kit.Kit;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Submission;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    private void leaseAll() throws Exception {
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.lease(0, certifier).statusCode());
        }
    }

    private void commitAll() throws Exception {
        leaseAll();
        for (FakeAgent agent : agents) {
            agent.commit(FakeAgent.built(RESULT));
        }
    }

    @Test
    void oneByteOfDissentIsContested() throws Exception {
        String round = submit();
        leaseAll();
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        agents.get(0).commit(FakeAgent.built(other));
        agents.get(1).commit(FakeAgent.built(RESULT));
        agents.get(2).commit(FakeAgent.built(RESULT));
        assertEquals(200, agents.get(0).reveal(other).statusCode());
        assertEquals(200, agents.get(1).reveal(RESULT).statusCode());
        assertEquals(200, agents.get(2).reveal(RESULT).statusCode());
        String last = finalStatus(round);
        assertTrue(last.contains("\"verdict\":\"CONTESTED\""), last);
    }

    @Test
    void aLostAcknowledgementIsAnsweredTheSameAgain() throws Exception {
        submit();
        FakeAgent agent = agents.getFirst();
        agent.lease(0, certifier);
        Envelope commitment = agent.commitment(FakeAgent.built(RESULT));
        byte[] first = agent.say("commitment", commitment).body();
        for (int i = 0; i < 5; i++) {
            HttpResponse<byte[]> again = agent.say("commitment", commitment);
            assertEquals(200, again.statusCode());
            assertArrayEquals(first, again.body());
        }
    }

    @Test
    void aProofRepeatedAfterTheCountIsAnsweredTheSame() throws Exception {
        String round = submit();
        commitAll();
        FakeAgent late = agents.getLast();
        for (FakeAgent agent : agents.subList(0, 2)) {
            assertEquals(200, agent.reveal(RESULT).statusCode());
        }
        late.reveal(RESULT);
        Envelope proof = late.proof(FakeAgent.built(RESULT), OptionalLong.of(late.commitmentIndex));
        finalStatus(round);
        assertEquals(200, late.say("proof", proof).statusCode());
        assertEquals(8, kit(round).bundles().size());
    }

    @Test
    void aHolderWhoseLeaseWasGivenAgainIsRefused() throws Exception {
        submit();
        FakeAgent agent = agents.getFirst();
        agent.lease(0, certifier);
        Envelope commitment = agent.commitment(FakeAgent.built(RESULT));
        long stale = agent.token;
        agent.lease(0, certifier);
        long fresh = agent.token;
        assertTrue(fresh > stale);
        agent.token = stale;
        refused(409, "lease-lost", agent.say("commitment", commitment));
        refused(
                409,
                "lease-lost",
                agent.client.post(
                        agent.path("heartbeat"),
                        Json.object().put("token", stale).build()));
        refused(409, "lease-lost", agent.client.get(agent.path("reveal?token=" + stale)));
        agent.token = fresh;
        assertEquals(200, agent.say("commitment", commitment).statusCode());
    }

    @Test
    void whatWasHandedBackWaitsForTheNextLease() throws Exception {
        submit();
        FakeAgent agent = agents.getFirst();
        agent.lease(0, certifier);
        String path = "/v1/leases/" + agent.opening.round() + "?token=" + agent.token;
        assertEquals(204, agent.client.send("DELETE", path, new byte[0]).statusCode());
        refused(409, "lease-lost", agent.say("commitment", agent.commitment(FakeAgent.built(RESULT))));
        assertEquals(200, agent.lease(0, certifier).statusCode());
    }

    @Test
    void oneBuilderCannotSpeakForAnother() throws Exception {
        submit();
        leaseAll();
        FakeAgent first = agents.get(0);
        FakeAgent second = agents.get(1);
        Envelope others = second.commitment(FakeAgent.built(RESULT));
        refused(403, "not-signed", first.say("commitment", others));
        var impostor = new FakeAgent(second.id, first.client, lab.builders.get(first.id));
        impostor.opening = first.opening;
        impostor.token = first.token;
        refused(422, "envelope-refused", impostor.say("commitment", impostor.commitment(FakeAgent.built(RESULT))));
    }

    @Test
    void twoCommitmentsAreEvidenceAndVoidTheVote() throws Exception {
        String round = submit();
        commitAll();
        FakeAgent liar = agents.getFirst();
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        refused(409, "second-commitment", liar.say("commitment", liar.commitment(FakeAgent.built(other))));
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.reveal(RESULT).statusCode());
        }
        String last = finalStatus(round);
        assertTrue(last.contains("EQUIVOCATED"), last);
        assertTrue(last.contains("\"verdict\":\"INSUFFICIENT\""), last);
        assertEquals(9, kit(round).bundles().size());
    }

    @Test
    void resultsAreToldOnlyAfterEveryCommitment() throws Exception {
        String round = submit();
        leaseAll();
        FakeAgent first = agents.getFirst();
        first.commit(FakeAgent.built(RESULT));
        assertEquals(403, first.put(FakeAgent.LOG).statusCode());
        assertEquals(
                204, first.client.get(first.path("reveal?token=" + first.token)).statusCode());
        HttpResponse<byte[]> early =
                first.say("proof", first.proof(FakeAgent.infrastructure(), OptionalLong.of(first.commitmentIndex)));
        assertEquals(409, early.statusCode());
        assertEquals(
                new Json.Null(),
                status(round).objects("builders", 9, f -> f).getFirst().value("outcome"));
    }

    @Test
    void aProofWhoseBlobsAreMissingIsRefused() throws Exception {
        submit();
        commitAll();
        FakeAgent agent = agents.getFirst();
        Envelope proof = agent.proof(FakeAgent.built(RESULT), OptionalLong.of(agent.commitmentIndex));
        refused(409, "blob-missing", agent.say("proof", proof));
    }

    @Test
    void aFailedMachineGetsTheWorkAgainUnderANewLease() throws Exception {
        submit();
        FakeAgent agent = agents.getFirst();
        agent.lease(0, certifier);
        Envelope failure = agent.proof(FakeAgent.infrastructure(), OptionalLong.empty());
        HttpResponse<byte[]> first = agent.say("proof", failure);
        assertEquals(200, first.statusCode());
        assertArrayEquals(first.body(), agent.say("proof", failure).body());
        assertEquals(204, agent.lease(0, certifier).statusCode());
        assertEquals(200, agent.lease(20, certifier).statusCode());
    }

    @Test
    void aRestartGoesOnWhereTheRoundWas() throws Exception {
        String round = submit();
        commitAll();
        lab.stop();
        lab.start();
        for (FakeAgent old : List.copyOf(agents)) {
            var agent = new FakeAgent(old.id, lab.as(old.id), lab.builders.get(old.id));
            agent.opening = old.opening;
            agent.token = old.token;
            agent.commitmentIndex = old.commitmentIndex;
            assertEquals(
                    200,
                    agent.client
                            .post(
                                    agent.path("heartbeat"),
                                    Json.object().put("token", agent.token).build())
                            .statusCode());
            assertEquals(200, agent.reveal(RESULT).statusCode());
        }
        String last = finalStatus(round);
        assertTrue(last.contains("\"verdict\":\"CERTIFIED\""), last);
        lab.stop();
        lab.start();
        assertEquals("CERTIFIED", status(round).string("verdict"));
        assertTrue(verify(lab.anonymous().get("/v1/rounds/" + round + "/kit").body())
                .json()
                .toString()
                .contains("VERIFIED"));
    }

    @Test
    void theSameSpecJoinsTheOpenRound() throws Exception {
        String round = submit();
        HttpResponse<byte[]> again = lab.anonymous()
                .post("/v1/rounds", lab.submission(spec, List.of()).json());
        assertEquals(200, again.statusCode());
        assertEquals(round, Client.json(again).string("round"));
    }

    @Test
    void aSubmissionThatNoMaintainerSignedIsRefused() throws Exception {
        Envelope forged = Envelope.sign(
                new Submission(spec, List.of()).statement().bytes(),
                new KeyPairSigner(lab.builders.get(new BuilderId("b1"))));
        refused(403, "not-signed", lab.anonymous().post("/v1/rounds", forged.json()));
    }

    @Test
    void aWaitingAgentHasNewWorkAsSoonAsThereIsSome() throws Exception {
        FakeAgent agent = agents.getFirst();
        try (var waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<byte[]>> lease = waiting.submit(() -> agent.lease(60, certifier));
            submit();
            assertEquals(200, lease.get().statusCode());
        }
    }

    @Test
    void anInputThatTheSpecPinsCanBeUploadedByAnybodyAndResumed() throws Exception {
        submit();
        Client anybody = lab.anonymous();
        String path = "/v1/blobs/sha256:" + Sha256.of(INPUT);
        assertEquals(404, anybody.send("HEAD", path, new byte[0]).statusCode());
        byte[] half = Arrays.copyOf(INPUT, 4);
        refused(400, "upload-length", anybody.send("PUT", path, half, "Content-Range", "bytes 0-3/" + INPUT.length));
        HttpResponse<byte[]> head = anybody.send("HEAD", path, new byte[0]);
        assertEquals("4", head.headers().firstValue("Upload-Offset").orElseThrow());
        byte[] rest = Arrays.copyOfRange(INPUT, 4, INPUT.length);
        String range = "bytes 4-" + (INPUT.length - 1) + "/" + INPUT.length;
        assertEquals(
                201, anybody.send("PUT", path, rest, "Content-Range", range).statusCode());
        assertArrayEquals(INPUT, anybody.get(path).body());
        HttpResponse<byte[]> part = anybody.send("GET", path, new byte[0], "Range", "bytes=4-6");
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(INPUT, 4, 7), part.body());
        for (String other : List.of("bytes=-3", "bytes=0-1,3-4", "items=0-1", "bytes=3-1")) {
            HttpResponse<byte[]> whole = anybody.send("GET", path, new byte[0], "Range", other);
            assertEquals(200, whole.statusCode(), other);
            assertArrayEquals(INPUT, whole.body());
        }
        String beyond = "bytes=" + INPUT.length + "-";
        assertEquals(
                416, anybody.send("GET", path, new byte[0], "Range", beyond).statusCode());
    }

    private static void refused(int status, String problem, HttpResponse<byte[]> answer) throws Exception {
        assertEquals(status, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        assertEquals(problem, Client.problem(answer));
    }

    private Kit kit(String round) throws Exception {
        return Kit.parse(lab.anonymous().get("/v1/rounds/" + round + "/kit").body(), "kit");
    }

    private Report verify(byte[] kit) throws Exception {
        var verifier = new Verifier(lab.trust, lab.policy(), Instant.now(), Optional.of(Release.parse("hello@1.0")));
        return verifier.verify(List.of(new Artifact("hello", Sha256.of(RESULT))), kit, "kit");
    }
}
