package dev.quorate.coordinator.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Sends a reply and waits until it is on its way, so that a slow reader holds up only its own thread.
 *
 * @param asked by which method; the answer to HEAD is that to GET without its body
 */
record Response(HttpServerResponse response, HttpMethod asked) {
    void send(Reply reply) throws IOException, InterruptedException {
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (asked.equals(HttpMethod.HEAD)) {
            head(reply);
            return;
        }
        switch (reply.content()) {
            case Reply.Content.Bytes(byte[] bytes) -> await(response.end(Buffer.buffer(bytes)));
            case Reply.Content.Slice slice ->
                await(response.sendFile(slice.file().toString(), slice.from(), slice.length()));
            case Reply.Content.Events events -> stream(events.source());
        }
    }

    private void head(Reply reply) throws IOException, InterruptedException {
        if (!response.headers().contains("Content-Length")) {
            switch (reply.content()) {
                case Reply.Content.Bytes(byte[] bytes) ->
                    response.putHeader("Content-Length", Long.toString(bytes.length));
                case Reply.Content.Slice slice -> response.putHeader("Content-Length", Long.toString(slice.length()));
                case Reply.Content.Events endless -> {}
            }
        }
        await(response.end());
    }

    private void stream(Reply.Source source) throws IOException, InterruptedException {
        response.setChunked(true);
        for (Optional<String> next = source.next(); next.isPresent(); next = source.next()) {
            if (response.closed()) {
                return;
            }
            await(response.write(next.get()));
        }
        await(response.end());
    }

    private static void await(Future<?> future) throws IOException, InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IOException("the client is gone", e.getCause());
        }
    }
}
