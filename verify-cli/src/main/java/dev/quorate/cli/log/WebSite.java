package dev.quorate.cli.log;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** A log's files over HTTP. */
final class WebSite implements LogSite {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** For a whole answer with its body; the client's own limit ends at the headers. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final String prefix;
    private final HttpClient client;

    private WebSite(String prefix, HttpClient client) {
        this.prefix = prefix;
        this.client = client;
    }

    /**
     * The log under a prefix.
     *
     * @param tls whom to believe; without it, the authorities of this machine
     */
    static WebSite at(URI prefix, Optional<SSLContext> tls) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        tls.ifPresent(client::sslContext);
        return new WebSite(prefix.toString().replaceFirst("/+$", ""), client.build());
    }

    @Override
    public String name() {
        return Printable.of(prefix);
    }

    @Override
    public Optional<byte[]> find(String path, int most) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(prefix + "/" + path)).GET().build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
        HttpResponse<byte[]> response = await(answer, path);
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body());
            case 404 -> Optional.empty();
            default -> throw new IOException("it answers " + response.statusCode() + " to " + path);
        };
    }

    private static HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer, String path)
            throws IOException {
        try {
            return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SSLHandshakeException) {
                throw new IOException(
                        path + ": its certificate is not one that is believed here; name it with --ca FILE", e);
            }
            throw new IOException(path + ": " + why(e.getCause()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(path + ": no whole answer within " + ANSWER.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + path);
        }
    }

    /** Failures of the network in words; what the client says of most of them is a class name. */
    private static String why(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException timeout -> "no connection within " + CONNECT.toSeconds() + " s";
            case ConnectException refused
            when refused.getCause() instanceof UnresolvedAddressException -> "no machine of that name is known here";
            case ConnectException refused -> "nothing answers at this address";
            case ClosedChannelException closed -> "the connection broke off";
            case IOException unheard
            when String.valueOf(unheard.getMessage()).contains("header parser") ->
                "what answers there does not speak HTTP, or not without TLS; a coordinator's address begins with https://";
            case SSLException tls -> "TLS fails: " + Printable.of(String.valueOf(tls.getMessage()));
            default ->
                failure.getMessage() == null
                        ? "the connection failed (" + failure.getClass().getSimpleName() + ")"
                        : Printable.of(failure.getMessage());
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
