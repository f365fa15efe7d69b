package dev.quorate.agent.protocol;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request, one answer, both bounded. */
public final class Wire {
    private static final int LONGEST_PROBLEM = 64 * 1024;

    private static final int DEEPEST = 10;

    private final Clients clients;
    private final URI base;

    /** Gives the client for the next request. */
    public interface Clients {
        /**
         * The client.
         *
         * @throws IOException if there can be none now
         */
        HttpClient client() throws IOException;
    }

    /**
     * Speaks with one coordinator.
     *
     * @param base ends in a slash
     */
    public Wire(Clients clients, URI base) {
        this.clients = clients;
        this.base = base;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    HttpRequest.Builder post(String path, Json.Obj body) {
        return to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)));
    }

    /** Sends and takes the answer if its status is one of those expected. */
    Answer send(HttpRequest.Builder request, Bounds bounds, Set<Integer> expected)
            throws CoordinatorException, InterruptedException {
        Answer answer = Answer.of(exchange(request.build(), bounds));
        if (!expected.contains(answer.status())) {
            throw Problem.of(answer).exception();
        }
        return answer;
    }

    /**
     * What one exchange may use.
     *
     * @param time from the first byte to the last
     * @param bytes of the answer's body
     */
    record Bounds(Duration time, int bytes) {
        Bounds {
            bytes = Math.max(bytes, LONGEST_PROBLEM);
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Bounds bounds)
            throws UnreachableException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> future;
        try {
            future = clients.client()
                    .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), bounds.bytes));
        } catch (IOException e) {
            throw unreachable(e);
        }
        try {
            return future.get(bounds.time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnreachableException("the coordinator did not answer within " + bounds.time.toSeconds() + "s", e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } finally {
            // Ends an exchange that was given up; the connection goes with it.
            future.cancel(true);
        }
    }

    private UnreachableException unreachable(Throwable cause) {
        return new UnreachableException("no answer from " + base + ": " + printable(reason(cause)), cause);
    }

    /** What the JDK says of a refused connection is the closing of a channel, in a cause without a message. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < DEEPEST; depth++) {
            if (cause instanceof ConnectException) {
                return "the connection was refused";
            }
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** A pinned certificate's refusal is longer than what {@link Printable} lets through at once. */
    private static String printable(String text) {
        int half = Math.min(text.length(), 180);
        return Printable.of(text.substring(0, half))
                + Printable.of(text.substring(half, Math.min(text.length(), 2 * half)));
    }
}
