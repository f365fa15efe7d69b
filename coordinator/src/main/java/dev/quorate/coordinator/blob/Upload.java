package dev.quorate.coordinator.blob;

import dev.quorate.coordinator.blob.BlobException.Reason;
import dev.quorate.digest.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** One blob on its way in. Not for several threads. Closing it early keeps what came, to be continued. */
public final class Upload implements Closeable {
    private final BlobStore store;
    private final Sha256 expected;
    private final Path partial;
    private final FileChannel channel;
    private final MessageDigest digest;
    private final long total;
    private long received;

    Upload(BlobStore store, Sha256 expected, Path partial, FileChannel channel, MessageDigest digest, long total)
            throws IOException {
        this.store = store;
        this.expected = expected;
        this.partial = partial;
        this.channel = channel;
        this.digest = digest;
        this.total = total;
        this.received = channel.position();
    }

    /** Takes the next bytes. */
    public void write(byte[] bytes) throws IOException, BlobException {
        if (received + bytes.length > total) {
            discard();
            throw new BlobException(Reason.WRONG_LENGTH, "more bytes came than the " + total + " that were announced");
        }
        digest.update(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            discard();
            throw BlobStore.noSpace(e);
        }
        received += bytes.length;
    }

    /** Keeps the blob if all of it came and it is the right one; otherwise nothing of it. */
    public void finish() throws IOException, BlobException {
        if (received < total) {
            throw new BlobException(
                    Reason.WRONG_LENGTH, received + " of " + total + " bytes came; continue from there");
        }
        if (!Sha256.ofDigest(digest.digest()).equals(expected)) {
            discard();
            throw new BlobException(Reason.WRONG_DIGEST, "these bytes have another digest than the blob's name");
        }
        try {
            channel.force(true);
        } catch (IOException e) {
            discard();
            throw BlobStore.noSpace(e);
        }
        store.keep(expected, partial);
    }

    private void discard() throws IOException {
        Files.deleteIfExists(partial);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            store.released(expected);
        }
    }
}
