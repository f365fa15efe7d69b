package dev.quorate.coordinator.time;

import dev.quorate.json.Printable;
import dev.quorate.time.TokenRequest;
import dev.quorate.trust.TimeAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Asks one server for tokens, and looks at what it answers as a user would. */
public final class TimeAuthorityClient implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int NONCE_BITS = 64;
    private static final int OK = 200;

    private final URI url;
    private final Supplier<List<TimeAuthority>> authorities;
    private final Clock clock;
    private final Duration timeout;
    private final HttpClient http;
    private final SecureRandom random = new SecureRandom();

    /**
     * A client of one server.
     *
     * @param authorities whose tokens count, asked for each time
     * @param timeout for one request
     */
    public TimeAuthorityClient(URI url, Supplier<List<TimeAuthority>> authorities, Clock clock, Duration timeout) {
        this.url = url;
        this.authorities = authorities;
        this.clock = clock;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * A token over a signature, in a kit's one spelling.
     *
     * @throws StampException if the server gave none that counts
     */
    public byte[] stamp(byte[] signature) throws StampException, InterruptedException {
        var talk = new StampTalk(signature, new BigInteger(NONCE_BITS, random), authorities.get(), clock);
        return talk.token(post(talk.query()));
    }

    private byte[] post(byte[] query) throws StampException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", TokenRequest.MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(
                    request,
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            if (response.statusCode() != OK) {
                throw new StampException("it answered with HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new StampException("it cannot be reached: " + Printable.of(String.valueOf(e.getMessage())), e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
