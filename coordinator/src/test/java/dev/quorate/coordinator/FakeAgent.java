package dev.quorate.coordinator;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.export.BuilderLink;
import dev.quorate.export.Functionary;
import dev.quorate.intoto.Statement;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.RelativePath;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A builder that needs no build: it says what it is told to say. */
public final class FakeAgent {
    public static final byte[] LOG = "log\n".getBytes(StandardCharsets.UTF_8);
    public static final byte[] ENVIRONMENT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Nonce NONCE = Nonce.of(new byte[32]);

    public final BuilderId id;
    public final Client client;
    private final KeyPairSigner signer;
    public RoundOpening opening;
    public long token;
    public long commitmentIndex = -1;
    /** Signs the links of its proofs, if it is there. */
    public Optional<Functionary> links = Optional.empty();

    public FakeAgent(BuilderId id, Client client, KeyPair key) {
        this.id = id;
        this.client = client;
        this.signer = new KeyPairSigner(key);
    }

    public HttpResponse<byte[]> lease(int wait, P256Key certifier) throws Exception {
        HttpResponse<byte[]> answer = client.post(
                "/v1/leases",
                Json.object().put("platform", "linux/amd64").put("wait", wait).build());
        if (answer.statusCode() == 200) {
            Fields work = Client.json(answer);
            token = work.integer("token", 1, Json.MAX_INTEGER);
            opening = RoundOpening.parse(
                    work.object("opening", Envelope::read).verify(certifier).orElseThrow());
        }
        return answer;
    }

    public static Outcome built(byte[] content) {
        return built("hello", content);
    }

    /** A result of one file. */
    public static Outcome built(String name, byte[] content) {
        return new Outcome.Built(new OutputSet(
                List.of(new Output.File(RelativePath.parse(name), true, content.length, Sha256.of(content)))));
    }

    public Envelope commitment(Outcome outcome) throws Exception {
        return sign(committing(outcome));
    }

    private Statement committing(Outcome outcome) {
        return Commitment.to(opening.digest(), opening.round(), id, NONCE, outcome.digest())
                .statement();
    }

    public Envelope proof(Outcome outcome, OptionalLong index) throws Exception {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        var proof = new BuildProof(
                opening.digest(),
                opening.round(),
                id,
                outcome,
                NONCE,
                index,
                Dependency.of(opening.spec()),
                Sha256.of(LOG),
                Sha256.of(ENVIRONMENT),
                now,
                now);
        return sign(
                links.isPresent() && outcome instanceof Outcome.Built built
                        ? proof.with(new BuilderLink(built.outputs()).sign(links.get()))
                                .statement()
                        : proof.statement());
    }

    private Envelope sign(Statement statement) throws Exception {
        return Envelope.sign(statement.bytes(), signer);
    }

    public HttpResponse<byte[]> say(String what, Envelope envelope) throws Exception {
        return client.post(
                path(what),
                Json.object()
                        .put("token", token)
                        .put("envelope", envelope.json())
                        .build());
    }

    public String path(String what) {
        return "/v1/leases/" + opening.round() + "/" + what;
    }

    public void commit(Outcome outcome) throws Exception {
        commit(commitment(outcome));
    }

    /** Commits with another key than the one that it proves with. */
    public void commitWith(KeyPair key, Outcome outcome) throws Exception {
        commit(Envelope.sign(committing(outcome).bytes(), new KeyPairSigner(key)));
    }

    private void commit(Envelope commitment) throws Exception {
        HttpResponse<byte[]> answer = say("commitment", commitment);
        require(answer, 200);
        commitmentIndex = Client.json(answer).integer("index", 0, Json.MAX_INTEGER);
    }

    public HttpResponse<byte[]> put(byte[] blob) throws Exception {
        return client.send("PUT", "/v1/blobs/sha256:" + Sha256.of(blob), blob);
    }

    public HttpResponse<byte[]> reveal(byte[] content) throws Exception {
        return reveal("hello", content);
    }

    /** Reveals a result of one file. */
    public HttpResponse<byte[]> reveal(String name, byte[] content) throws Exception {
        put(LOG);
        put(ENVIRONMENT);
        require(put(content), 200, 201);
        return say("proof", proof(built(name, content), OptionalLong.of(commitmentIndex)));
    }

    public static Outcome infrastructure() {
        return new Outcome.Failed(FailureClass.INFRASTRUCTURE, "no disk");
    }

    private static void require(HttpResponse<byte[]> answer, Integer... statuses) {
        if (!List.of(statuses).contains(answer.statusCode())) {
            throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }
}
