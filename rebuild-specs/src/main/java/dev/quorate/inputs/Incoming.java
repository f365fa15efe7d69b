package dev.quorate.inputs;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One file on its way into the cache. What was not moved to its place is gone after {@link #close}; what a process left
 * that died before, {@link #sweep} removes.
 */
final class Incoming implements AutoCloseable {
    private static final String SUFFIX = ".part";
    private static final Duration STALE = Duration.ofDays(1);
    private static final int MOST_SWEPT = 10_000;
    // A process that opens and closes a file anew loses its own lock on it (fcntl(2)), so it has to know its own.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path part;
    private final String name;
    private final FileChannel channel;
    private final MessageDigest hash = Sha256.newDigest();
    private long size;

    private Incoming(Path part, String name) throws IOException {
        this.part = part;
        this.name = name;
        this.channel = FileChannel.open(part, StandardOpenOption.WRITE);
        HELD.add(part);
        channel.lock();
    }

    static Incoming open(Path cache, String name) throws IOException {
        Path directory = Files.createDirectories(cache.resolve("incoming")).toRealPath();
        return new Incoming(Files.createTempFile(directory, "", SUFFIX), name);
    }

    /** Removes parts that are older than a day and that no process holds; gives their number. */
    static int sweep(Path cache, Instant now) throws IOException {
        Path directory = cache.resolve("incoming");
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        int swept = 0;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory.toRealPath(), "*" + SUFFIX)) {
            for (Path part : parts) {
                if (swept < MOST_SWEPT && isStale(part, now) && isLeft(part)) {
                    swept += Files.deleteIfExists(part) ? 1 : 0;
                }
            }
        }
        return swept;
    }

    private static boolean isStale(Path part, Instant now) throws IOException {
        try {
            var attributes = Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    && attributes.lastModifiedTime().toInstant().isBefore(now.minus(STALE));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isLeft(Path part) throws IOException {
        if (HELD.contains(part)) {
            return false;
        }
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            // The lock goes with the channel; a day old and held by nobody, the part is not taken up again.
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException | NoSuchFileException | AccessDeniedException e) {
            return false;
        }
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
        HELD.remove(part);
        Files.deleteIfExists(part);
    }
}
