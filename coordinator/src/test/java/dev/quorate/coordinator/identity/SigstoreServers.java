package dev.quorate.coordinator.identity;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.dsse.Base64Text;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * A private Sigstore as signing tools meet it, on the loopback interface: the parts of Fulcio's, Rekor v1's and a
 * time-stamping authority's interfaces that signing needs. It believes every identity token, and has only one log entry.
 */
public final class SigstoreServers implements AutoCloseable {
    private static final int MAX_BYTES = 1 << 20;
    private static final String ENTRY = "ab".repeat(40);

    private final PrivateSigstore sigstore;
    private final HttpServer server;

    /** What an exchange is answered with. */
    private record Answer(int status, Map<String, String> headers, byte[] body) {
        static Answer json(int status, Json json) {
            return new Answer(status, Map.of("Content-Type", "application/json"), CanonicalJson.bytes(json));
        }
    }

    private interface Part {
        Answer answer(byte[] request, Headers headers) throws Exception;
    }

    public SigstoreServers(PrivateSigstore sigstore) throws IOException {
        this.sigstore = sigstore;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        serve("/api/v2/signingCert", this::certify);
        serve("/api/v1/log/entries", this::log);
        serve("/api/v1/timestamp", this::stamp);
        server.start();
    }

    private void serve(String path, Part part) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, part);
            }
        });
    }

    private static void answer(HttpExchange exchange, Part part) throws IOException {
        Answer answer;
        try {
            answer = part.answer(exchange.getRequestBody().readNBytes(MAX_BYTES), exchange.getRequestHeaders());
        } catch (Exception e) {
            answer = Answer.json(
                    400, Json.object().put("message", String.valueOf(e)).build());
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static Fields read(byte[] request) throws Exception {
        return Fields.of(JsonReader.read(request, MAX_BYTES, "request"), "request");
    }

    /** Fulcio: a certificate for a key, with the identity that the token claims. */
    private Answer certify(byte[] request, Headers headers) throws Exception {
        String token = headers.getFirst("Authorization");
        Fields claims = read(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        String pem =
                read(request).object("publicKeyRequest").object("publicKey").string("content");
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(
                        Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
        var signing = new Signing(sigstore, new byte[0], new KeyPair(key, null));
        signing.certified = Instant.now().minusSeconds(1);
        signing.issuer = claims.string("iss");
        signing.subjects =
                new GeneralName[] {new GeneralName(GeneralName.uniformResourceIdentifier, claims.string("sub"))};
        Json chain = Json.object()
                .put(
                        "certificates",
                        Json.arr(List.of(Json.str(pem(signing.certificate())), Json.str(pem(sigstore.certificate())))))
                .build();
        return Answer.json(
                200,
                Json.object()
                        .put(
                                "signedCertificateEmbeddedSct",
                                Json.object().put("chain", chain).build())
                        .build());
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END CERTIFICATE-----\n";
    }

    /** Rekor: the entry for a DSSE envelope with one signature. */
    private Answer log(byte[] request, Headers headers) throws Exception {
        Fields proposed = read(request).object("spec").object("proposedContent");
        Fields envelope = read(proposed.string("envelope").getBytes(StandardCharsets.UTF_8));
        String signature =
                envelope.objects("signatures", 1, each -> each.string("sig")).getFirst();
        String verifier = proposed.strings("verifiers", 1, text -> text).getFirst();
        byte[] body = LogEntry.dsse(envelope.string("payload", Base64Text::decode), signature, verifier);
        var entry = new LogEntry(sigstore, body, Instant.now(), sigstore.log, sigstore.log);
        HexFormat hex = HexFormat.of();
        Json proof = Json.object()
                .put("checkpoint", entry.checkpoint())
                .put(
                        "hashes",
                        Json.arr(entry.path().stream()
                                .map(hash -> (Json) Json.str(hex.formatHex(hash)))
                                .toList()))
                .put("logIndex", LogEntry.LEAF)
                .put("rootHash", hex.formatHex(entry.root()))
                .put("treeSize", LogEntry.SIZE)
                .build();
        Json answer = Json.object()
                .put("body", Base64Text.encode(body))
                .put("integratedTime", entry.logged().getEpochSecond())
                .put("logID", hex.formatHex(entry.logId()))
                .put("logIndex", LogEntry.INDEX)
                .put(
                        "verification",
                        Json.object()
                                .put("inclusionProof", proof)
                                .put("signedEntryTimestamp", Base64Text.encode(entry.promise()))
                                .build())
                .build();
        // The tag is the name under which clients look the entry up.
        return new Answer(
                201,
                Map.of("Content-Type", "application/json", "ETag", ENTRY),
                CanonicalJson.bytes(Json.object().put(ENTRY, answer).build()));
    }

    private Answer stamp(byte[] request, Headers headers) {
        return new Answer(
                200,
                Map.of("Content-Type", "application/timestamp-reply"),
                sigstore.timeAuthority.answer(request, Instant.now()));
    }

    /** The configuration for signing tools, with or without the time-stamping authority. */
    public byte[] signingConfig(boolean stamping) {
        String time = "[" + (stamping ? service("/api/v1/timestamp") : "") + "]";
        String text = "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\",\"caUrls\":["
                + service("") + "],\"rekorTlogUrls\":[" + service("") + "],\"rekorTlogConfig\":{\"selector\":\"ANY\"},"
                + "\"tsaUrls\":" + time + ",\"tsaConfig\":{\"selector\":\"ANY\"}}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String service(String path) {
        return "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort() + path
                + "\",\"majorApiVersion\":1,\"validFor\":{\"start\":\"2020-01-01T00:00:00Z\"},\"operator\":\"example\"}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
