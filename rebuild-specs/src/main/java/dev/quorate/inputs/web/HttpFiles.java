package dev.quorate.inputs.web;

import dev.quorate.inputs.WrongBytesException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Gets files over HTTP, each within a time limit and not too slowly; the taker bounds the bytes. */
public final class HttpFiles {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private final HttpClient client;
    private final Pace pace;

    private HttpFiles(HttpClient.Redirect redirects, Pace pace) {
        this.pace = pace;
        client = HttpClient.newBuilder()
                .followRedirects(redirects)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Follows redirects, but never from https to http: for servers that this machine is configured with. */
    public static HttpFiles following() {
        return new HttpFiles(HttpClient.Redirect.NORMAL, Pace.ORDINARY);
    }

    /** Takes a redirect for a refusal: for servers that a spec names. */
    static HttpFiles straight() {
        return straight(Pace.ORDINARY);
    }

    static HttpFiles straight(Pace pace) {
        return new HttpFiles(HttpClient.Redirect.NEVER, pace);
    }

    /** Takes the body of a good answer. */
    public interface Taker<T> {
        /** Reads until the end or throws. */
        T take(InputStream body) throws IOException, WrongBytesException;
    }

    /**
     * Gets one file, trying again where the network or the server stumbles.
     *
     * @param headers of the request
     * @throws HttpFailedException if there is no good answer
     * @throws WrongBytesException what the taker throws
     */
    public <T> T get(URI uri, Map<String, String> headers, Taker<T> taker)
            throws HttpFailedException, WrongBytesException, InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        headers.forEach(request::header);
        HttpFailedException last = new HttpFailedException("was not asked");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                HttpResponse<InputStream> response =
                        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                if (response.statusCode() == 200) {
                    return take(response.body(), taker);
                }
                response.body().close();
                last = new HttpFailedException(response.statusCode());
                if (response.statusCode() < 500) {
                    throw last;
                }
            } catch (IOException e) {
                last = new HttpFailedException(String.valueOf(e.getMessage()), e);
            }
        }
        throw last;
    }

    private <T> T take(InputStream answer, Taker<T> taker)
            throws HttpFailedException, WrongBytesException, IOException {
        PacedBody body = PacedBody.of(answer, pace);
        try (body) {
            return taker.take(body);
        } catch (IOException e) {
            if (body.isLate()) {
                // Asking again would give the same server as much time again.
                throw new HttpFailedException(
                        "the server was slower than " + pace.bytesPerSecond() + " bytes a second or took longer than "
                                + pace.longest().toMinutes() + " min",
                        e);
            }
            throw e;
        }
    }
}
