package dev.quorate.coordinator;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Speaks HTTP with a coordinator, as itself or as a builder. */
public record Client(HttpClient http, String base) implements AutoCloseable {
    /** A client over a TLS identity. */
    public static Client of(SSLContext tls, int port) {
        return new Client(
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                "https://127.0.0.1:" + port);
    }

    /** Any request. */
    public HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** A request with a JSON body. */
    public HttpResponse<byte[]> post(String path, Json body) throws Exception {
        return send("POST", path, CanonicalJson.bytes(body));
    }

    /** A plain request. */
    public HttpResponse<byte[]> get(String path) throws Exception {
        return send("GET", path, new byte[0]);
    }

    /** The object in an answer. */
    public static Fields json(HttpResponse<byte[]> answer) throws Exception {
        return Fields.of(JsonReader.read(answer.body(), 32 << 20, "answer"), "answer");
    }

    /** The kind of problem in an answer. */
    public static String problem(HttpResponse<byte[]> answer) throws Exception {
        String type = json(answer).string("type");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        http.close();
    }
}
