package dev.quorate.coordinator.http;

import dev.quorate.coordinator.blob.BlobException;
import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.blob.StoredBlob;
import dev.quorate.coordinator.blob.Upload;
import dev.quorate.coordinator.desk.Desk;
import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Files by digest, both ways. */
final class BlobRoutes {
    private static final String PATH = "/v1/blobs/{digest}";
    private static final String ALGORITHM = "sha256:";
    private static final String TYPE = "application/octet-stream";

    private final BlobStore blobs;
    private final Desk desk;

    BlobRoutes(BlobStore blobs, Desk desk) {
        this.blobs = blobs;
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                new Route("HEAD", PATH, Role.ANYONE, 0, this::head),
                new Route("GET", PATH, Role.ANYONE, 0, this::get),
                new Route("PUT", PATH, Role.UPLOAD, 0, this::put));
    }

    private Reply head(Exchange exchange) throws ProblemException, IOException {
        Sha256 digest = digest(exchange);
        Optional<StoredBlob> blob = blobs.find(digest);
        if (blob.isPresent()) {
            return Reply.empty(200)
                    .with("Content-Length", Long.toString(blob.get().size()))
                    .with("Content-Type", TYPE)
                    .with("Accept-Ranges", "bytes");
        }
        long received = blobs.received(digest);
        Reply missing = Reply.empty(404);
        return received == 0 ? missing : missing.with("Upload-Offset", Long.toString(received));
    }

    private Reply get(Exchange exchange) throws ProblemException, IOException, BlobException {
        Sha256 digest = digest(exchange);
        Optional<StoredBlob> blob = blobs.verified(digest);
        if (blob.isEmpty()) {
            throw new ProblemException(Problem.notFound("there is no blob sha256:" + digest));
        }
        Map<String, String> headers = Map.of(
                "Content-Type", TYPE, "Accept-Ranges", "bytes", "Cache-Control", "public, max-age=31536000, immutable");
        long size = blob.get().size();
        Optional<String> asked = exchange.header().apply("Range").filter(range -> size > 0);
        Optional<ByteRange> part = asked.isEmpty() ? Optional.empty() : ByteRange.requested(asked.get(), size);
        if (part.isEmpty()) {
            return new Reply(200, headers, new Reply.Content.Slice(blob.get().file(), 0, size));
        }
        ByteRange range = part.get();
        return new Reply(206, headers, new Reply.Content.Slice(blob.get().file(), range.first(), range.length()))
                .with("Content-Range", range.header());
    }

    private Reply put(Exchange exchange) throws ProblemException, IOException, BlobException, InterruptedException {
        Sha256 digest = digest(exchange);
        ByteRange announced = announced(exchange);
        requireAllowed(exchange, digest, announced.total());
        if (blobs.find(digest).isPresent()) {
            return Reply.empty(200);
        }
        try (Upload upload = blobs.upload(digest, announced.first(), announced.total())) {
            for (Optional<byte[]> piece = exchange.body().next();
                    piece.isPresent();
                    piece = exchange.body().next()) {
                upload.write(piece.get());
            }
            upload.finish();
        }
        return Reply.empty(201);
    }

    private static ByteRange announced(Exchange exchange) throws ProblemException {
        Optional<String> range = exchange.header().apply("Content-Range");
        if (range.isPresent()) {
            return ByteRange.uploaded(range.get());
        }
        String length = exchange.header()
                .apply("Content-Length")
                .filter(text -> text.matches("[0-9]{1,15}"))
                .orElseThrow(() -> new ProblemException(
                        new Problem(411, "length-required", "A length is needed", "send Content-Length")));
        long total = Long.parseLong(length);
        return new ByteRange(0, total, total);
    }

    private void requireAllowed(Exchange exchange, Sha256 digest, long total) throws ProblemException {
        OptionalLong pinned = desk.pinnedSize(digest);
        if (pinned.isPresent() && pinned.getAsLong() == total) {
            return;
        } else if (exchange.builder().isEmpty()) {
            throw new ProblemException(new Problem(
                    401,
                    "certificate-missing",
                    "The client certificate is not accepted",
                    "no open round pins this blob, and no client certificate was shown"));
        }
        OptionalLong limit = desk.uploadLimit(exchange.asker());
        if (limit.isEmpty()) {
            throw new ProblemException(new Problem(
                    403, "nothing-to-reveal", "The upload is not due", "this builder has nothing to reveal now"));
        } else if (total > limit.getAsLong()) {
            throw new ProblemException(new Problem(
                    413,
                    "too-long",
                    "The blob is too long",
                    "a blob here has at most " + limit.getAsLong() + " bytes"));
        }
    }

    private static Sha256 digest(Exchange exchange) throws ProblemException {
        return exchange.path("digest", BlobRoutes::digest);
    }

    private static Sha256 digest(String text) {
        if (!text.startsWith(ALGORITHM)) {
            throw new IllegalArgumentException("a blob's is sha256: and 64 lower-case hex digits");
        }
        return Sha256.parse(text.substring(ALGORITHM.length()));
    }
}
