package dev.quorate.agent.protocol;

import com.sun.net.httpserver.HttpExchange;
import dev.quorate.agent.fixture.TestRound;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.log.LogIndex;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A round behind the routes of the protocol. */
public record RoundServer(TestRound round, CountDownLatch proven) implements TestServer.Handler {
    @Override
    public void handle(HttpExchange exchange, byte[] body) throws IOException {
        try {
            answer(exchange, body);
        } catch (LeaseLostException e) {
            TestServer.answer(exchange, 409, "{\"type\":\"lease-lost\"}");
        } catch (CoordinatorException | MalformedException e) {
            TestServer.answer(exchange, 400, "{\"type\":\"malformed\",\"detail\":\"" + e.getMessage() + "\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, byte[] body)
            throws IOException, CoordinatorException, MalformedException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        String route = exchange.getRequestMethod() + " " + path.substring(path.lastIndexOf('/') + 1);
        switch (route) {
            case "POST leases" -> lease(exchange);
            case "POST heartbeat" -> {
                round.heartbeat(new Lease(TestRound.ROUND, token(body)));
                TestServer.answer(
                        exchange, 200, "{\"expires\":\"" + Instant.now().plusSeconds(30) + "\"}");
            }
            case "POST commitment" ->
                index(exchange, round.commit(new Lease(TestRound.ROUND, token(body)), envelope(body)));
            case "POST proof" -> {
                LogIndex index = round.prove(new Lease(TestRound.ROUND, token(body)), envelope(body));
                proven.countDown();
                index(exchange, index);
            }
            case "GET reveal" -> reveal(exchange);
            default -> blob(exchange, body, Sha256.parse(path.substring(path.indexOf(':') + 1)));
        }
    }

    private void lease(HttpExchange exchange) throws IOException, InterruptedException {
        Optional<Assignment> assignment = round.lease(Platform.parse("linux/amd64"), Duration.ZERO);
        if (assignment.isEmpty()) {
            // A long poll: whoever waits here is cut off by the end of the test.
            new CountDownLatch(1).await();
        }
        Assignment work = assignment.orElseThrow();
        TestServer.answer(
                exchange,
                200,
                CanonicalJson.write(Json.object()
                        .put("round", work.lease().round().text())
                        .put("token", work.lease().token().value())
                        .put("phase", work.phase().name().toLowerCase(Locale.ROOT))
                        .put("expires", Instant.now().plusSeconds(30).toString())
                        .put("opening", work.opening().json())
                        .build()));
    }

    private void reveal(HttpExchange exchange) throws IOException, CoordinatorException {
        String query = exchange.getRequestURI().getQuery();
        long token = Long.parseLong(query.substring("token=".length(), query.indexOf('&')));
        Optional<Reveal> reveal = round.reveal(new Lease(TestRound.ROUND, new LeaseToken(token)), Duration.ZERO);
        if (reveal.isEmpty()) {
            TestServer.answer(exchange, 204, "");
            return;
        }
        Json.Arr commitments = Json.arr(reveal.get().commitments().stream()
                .map(shown -> Json.object()
                        .put("index", shown.index().value())
                        .put("envelope", shown.envelope().json())
                        .put(
                                "inclusion",
                                Json.strings(shown.inclusion().stream()
                                        .map(hash -> Base64Text.encode(hash.bytes()))
                                        .toList()))
                        .build())
                .toList());
        TestServer.answer(
                exchange,
                200,
                CanonicalJson.write(Json.object()
                        .put("checkpoint", reveal.get().checkpoint())
                        .put("commitments", commitments)
                        .build()));
    }

    private void blob(HttpExchange exchange, byte[] body, Sha256 digest) throws IOException, CoordinatorException {
        boolean known = round.stored().contains(digest);
        if (exchange.getRequestMethod().equals("PUT")) {
            Path file = Files.createTempFile("blob", "");
            try {
                round.store(digest, Files.write(file, body));
            } finally {
                Files.delete(file);
            }
            exchange.sendResponseHeaders(201, -1);
        } else if (!known || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(known ? 200 : 404, -1);
        } else {
            byte[] content = round.read(digest, 0, Integer.MAX_VALUE).orElseThrow();
            exchange.sendResponseHeaders(206, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static void index(HttpExchange exchange, LogIndex index) throws IOException {
        TestServer.answer(exchange, 200, "{\"index\":" + index + "}");
    }

    private static LeaseToken token(byte[] body) throws MalformedException {
        return new LeaseToken(fields(body).integer("token", 0, Json.MAX_INTEGER));
    }

    private static Envelope envelope(byte[] body) throws MalformedException {
        return fields(body).object("envelope", Envelope::read);
    }

    private static Fields fields(byte[] body) throws MalformedException {
        return Fields.of(JsonReader.read(body, body.length, "request"), "request");
    }
}
