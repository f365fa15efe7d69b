package dev.quorate.agent.protocol;

import dev.quorate.agent.protocol.Wire.Bounds;
import dev.quorate.digest.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The coordinator's blobs at the other end of a wire. */
public final class HttpBlobs implements Blobs {
    private static final Duration SHORT = Duration.ofSeconds(60);

    /** The slowest line that is waited for, in bytes a second. */
    private static final long SLOWEST = 64 * 1024;

    private static final int SMALL = 64 * 1024;

    private final Wire wire;

    /** Speaks over a wire. */
    public HttpBlobs(Wire wire) {
        this.wire = wire;
    }

    @Override
    public Optional<byte[]> read(Sha256 digest, long offset, int length)
            throws CoordinatorException, InterruptedException {
        HttpRequest.Builder request = wire.to(path(digest))
                .header("Range", "bytes=" + offset + "-" + (offset + length - 1))
                .GET();
        // 200 is the whole file, from a server that does not know ranges; 416 is beyond its end.
        Answer answer = wire.send(request, new Bounds(time(length), length), Set.of(200, 206, 404, 416));
        return switch (answer.status()) {
            case 206 -> Optional.of(answer.body());
            case 416 -> Optional.of(new byte[0]);
            case 404 -> Optional.empty();
            default -> {
                if (offset > 0) {
                    throw new RefusedException("the coordinator does not serve parts of blobs");
                }
                yield Optional.of(answer.body());
            }
        };
    }

    @Override
    public void store(Sha256 digest, Path file) throws CoordinatorException, InterruptedException {
        HttpRequest.Builder head = wire.to(path(digest)).method("HEAD", BodyPublishers.noBody());
        Answer known = wire.send(head, new Bounds(SHORT, SMALL), Set.of(200, 404));
        if (known.status() == 200) {
            return;
        }
        long offset = known.headers().firstValueAsLong("Upload-Offset").orElse(0);
        try {
            put(digest, file, offset);
        } catch (IOException e) {
            throw new UncheckedIOException("reading what is to be uploaded", e);
        }
    }

    private void put(Sha256 digest, Path file, long offset)
            throws IOException, CoordinatorException, InterruptedException {
        long size = Files.size(file);
        HttpRequest.Builder request = wire.to(path(digest)).header("Content-Type", "application/octet-stream");
        if (offset <= 0 || offset >= size) {
            request.PUT(whole(file));
        } else {
            request.header("Content-Range", "bytes " + offset + "-" + (size - 1) + "/" + size)
                    .PUT(BodyPublishers.fromPublisher(
                            BodyPublishers.ofInputStream(() -> from(file, offset)), size - offset));
        }
        Answer answer = wire.send(request, new Bounds(time(size), SMALL), Set.of(200, 201, 204, 409, 416));
        if (answer.status() == 409 || answer.status() == 416) {
            // An earlier attempt of ours is still being wound up, so the next one begins elsewhere.
            throw new UnreachableException("an upload has to start again: "
                    + Problem.of(answer).exception().getMessage());
        }
    }

    private static BodyPublisher whole(Path file) throws FileNotFoundException {
        return BodyPublishers.ofFile(file);
    }

    private static InputStream from(Path file, long offset) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException e) {
            throw new UncheckedIOException("reading what is to be uploaded", e);
        }
    }

    private static Duration time(long bytes) {
        return SHORT.plusSeconds(bytes / SLOWEST);
    }

    private static String path(Sha256 digest) {
        return "v1/blobs/sha256:" + digest;
    }
}
