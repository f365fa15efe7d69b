package dev.quorate.cli.coordinator;

import dev.quorate.cli.RefusedException;
import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.kit.Kit;
import dev.quorate.round.RoundId;
import dev.quorate.trust.SignedTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/** A connection to a coordinator. Whatever it answers is bounded and believed in nothing. */
public final class Coordinator implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int MAX_PROBLEM = 64 * 1024;
    private static final int MOST_ROUNDS = 10_000;
    private static final int MAX_STATUS = 4 << 20;

    private final ClientConfig config;
    private final HttpClient client;
    private final Redial redial;

    private Coordinator(ClientConfig config, HttpClient client, Redial redial) {
        this.config = config;
        this.client = client;
        this.redial = redial;
    }

    /** Makes ready to ask; the first question opens the connection. */
    public static Coordinator connect(ClientConfig config) throws RefusedException {
        return connect(config, Redial.CONNECT, new Redial(Thread::sleep));
    }

    /**
     * The same with patience of another kind.
     *
     * @param within a connection has to be there
     */
    static Coordinator connect(ClientConfig config, Duration within, Redial redial) throws RefusedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(within)
                .sslContext(PinnedCertificate.context(config.coordinatorCertificate()))
                .build();
        return new Coordinator(config, client, redial);
    }

    /** Submits a wish, an envelope or a Sigstore bundle; gives the round that is open for it. */
    public RoundId submit(Json.Obj submission) throws RefusedException, MalformedException, InterruptedException {
        HttpRequest request = request("/v1/rounds")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(submission)))
                .build();
        Fields answer = json(ask(request, MAX_STATUS), "answer to the submission");
        return answer.string("round", RoundId::parse);
    }

    /** How far a round is. */
    public RoundStatus status(RoundId round) throws RefusedException, MalformedException, InterruptedException {
        return RoundStatus.read(json(get("/v1/rounds/" + round, MAX_STATUS), "status of " + round));
    }

    /** The newest rounds, as many as the coordinator lists. */
    public List<RoundId> rounds() throws RefusedException, MalformedException, InterruptedException {
        Fields answer = json(get("/v1/rounds", MAX_STATUS), "list of rounds");
        return answer.objects("rounds", MOST_ROUNDS, round -> round.string("round", RoundId::parse));
    }

    /** In what standing the builders' hosts are. */
    public FleetStatus fleet() throws RefusedException, MalformedException, InterruptedException {
        return FleetStatus.read(json(get("/v1/builders", MAX_STATUS), "list of builders"));
    }

    /** A round's kit so far. */
    public byte[] kit(RoundId round) throws RefusedException, InterruptedException {
        return get("/v1/rounds/" + round + "/kit", Kit.MAX_BYTES);
    }

    /** Every change of a host's standing, as a kit has lines; empty if there was none. */
    public byte[] hostChanges() throws RefusedException, InterruptedException {
        return get("/v1/builders/notices", Kit.MAX_BYTES);
    }

    /** The coordinator's own trust root, as bytes. */
    public byte[] trust() throws RefusedException, InterruptedException {
        return get("/v1/trust", SignedTrust.MAX_BYTES);
    }

    /**
     * Brings a version of the trust root into force there.
     *
     * @return the version that is in force now
     */
    public long push(SignedTrust trust) throws RefusedException, MalformedException, InterruptedException {
        HttpRequest request = request("/v1/trust")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(trust.bytes()))
                .build();
        return json(ask(request, MAX_STATUS), "answer to the trust root").integer("version", 1, Integer.MAX_VALUE);
    }

    /** A blob whose digest is checked, at most so long. */
    public byte[] blob(Sha256 digest, int most) throws RefusedException, InterruptedException {
        byte[] bytes = get("/v1/blobs/sha256:" + digest, most);
        if (!Sha256.of(bytes).equals(digest)) {
            throw new RefusedException(name() + " gave other bytes for the blob sha256:" + digest);
        }
        return bytes;
    }

    /** A blob of any length as a stream; the reader checks the digest. */
    public InputStream blobStream(Sha256 digest) throws RefusedException, InterruptedException {
        HttpRequest request = request("/v1/blobs/sha256:" + digest).GET().build();
        return stream(() -> redial.until(() -> send(request)));
    }

    /** The events of a round, until the coordinator or the reader ends them; whoever reads them connects again. */
    InputStream events(RoundId round) throws RefusedException, InterruptedException {
        HttpRequest request = request("/v1/rounds/" + round + "/events")
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        return stream(() -> send(request));
    }

    private byte[] get(String path, int most) throws RefusedException, InterruptedException {
        return ask(request(path).GET().build(), most);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(config.coordinator().resolve(path)).timeout(ANSWER);
    }

    private byte[] ask(HttpRequest request, int most) throws RefusedException, InterruptedException {
        try (InputStream body = stream(() -> redial.until(() -> send(request)))) {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new RefusedException(name() + " answers more than " + most + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private InputStream stream(Redial.Call<HttpResponse<InputStream>> call)
            throws RefusedException, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = call.answer();
        } catch (IOException e) {
            throw unreachable(e);
        }
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw problem(response);
    }

    private RefusedException problem(HttpResponse<InputStream> response) {
        String said = "";
        try (InputStream body = response.body()) {
            Fields fields = json(body.readNBytes(MAX_PROBLEM), "problem");
            said = fields.has("detail") ? fields.string("detail") : fields.string("title");
        } catch (IOException | MalformedException e) {
            said = "without saying why";
        }
        String sentence = name() + " answers " + response.statusCode() + ": " + Printable.of(said);
        return response.statusCode() >= 500
                ? new RefusedException(sentence, new UnreachableException())
                : new RefusedException(sentence);
    }

    private RefusedException unreachable(IOException e) {
        String what = e instanceof SSLException ? "its certificate is not the pinned one or TLS fails: " : "";
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof ConnectException) {
            why = "nothing answers at this address; check it, and that the coordinator runs";
        } else if (e instanceof HttpConnectTimeoutException) {
            why = "no connection came about in time, however often it was tried; check the address, or try again when"
                    + " the machines are less busy";
        }
        return new RefusedException(
                name() + " cannot be reached: " + what + Printable.of(why), new UnreachableException());
    }

    private String name() {
        return "the coordinator " + Printable.of(config.coordinator().toString());
    }

    private static Fields json(byte[] bytes, String input) throws MalformedException {
        return Fields.of(JsonReader.read(bytes, MAX_STATUS, input), input);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
