package dev.quorate.coordinator.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lets a virtual thread pull a request's body: one piece is asked for at a time, so a slow reader slows the sender. */
final class PulledBody implements Body {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServerRequest request;
    private final Context context;
    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private boolean ended;

    private sealed interface Piece {
        record Bytes(byte[] bytes) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    private PulledBody(HttpServerRequest request, Context context) {
        this.request = request;
        this.context = context;
    }

    /** To be called on the event loop, before anything of the body was read. */
    static PulledBody of(HttpServerRequest request, Context context) {
        var body = new PulledBody(request, context);
        request.pause();
        request.handler((Buffer buffer) -> body.pieces.add(new Piece.Bytes(buffer.getBytes())));
        request.endHandler(end -> body.pieces.add(new Piece.End()));
        request.exceptionHandler(cause -> body.pieces.add(new Piece.Broken(cause)));
        return body;
    }

    @Override
    public Optional<byte[]> next() throws IOException, InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        context.runOnContext(now -> request.fetch(1));
        Piece piece = pieces.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return switch (piece) {
            case null -> throw new IOException("the request's body stalled");
            case Piece.Bytes bytes -> Optional.of(bytes.bytes());
            case Piece.Broken broken -> throw new IOException("the request's body broke off", broken.cause());
            case Piece.End ignored -> {
                ended = true;
                yield Optional.empty();
            }
        };
    }

    /** Drops what nobody reads, so that the connection can be used again. */
    void drop() {
        context.runOnContext(now -> {
            if (!request.isEnded()) {
                request.handler(buffer -> {});
                request.resume();
            }
        });
    }
}
