package dev.quorate.inputs;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;

/** One file on its way into the cache. What was not moved to its place is gone after {@link #close}. */
final class Incoming implements AutoCloseable {
    private final Path part;
    private final String name;
    private final FileChannel channel;
    private final MessageDigest hash = Sha256.newDigest();
    private long size;

    private Incoming(Path part, String name) throws IOException {
        this.part = part;
        this.name = name;
        this.channel = FileChannel.open(part, StandardOpenOption.WRITE);
    }

    static Incoming open(Path cache, String name) throws IOException {
        Path directory = Files.createDirectories(cache.resolve("incoming"));
        return new Incoming(Files.createTempFile(directory, "", ".part"), name);
    }

    void take(InputStream bytes, long limit) throws IOException, WrongBytesException {
        byte[] buffer = new byte[1 << 16];
        for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
            size += n;
            if (size > limit) {
                throw WrongBytesException.tooLong(name, limit);
            }
            hash.update(buffer, 0, n);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, n);
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        }
    }

    long size() {
        return size;
    }

    Sha256 digest() {
        return Sha256.ofDigest(hash.digest());
    }

    /** Makes the file durable under its final name. */
    Path moveTo(Path place) throws IOException {
        channel.force(true);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r--r--r--"));
        Files.createDirectories(place.getParent());
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(place.getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
        return place;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
