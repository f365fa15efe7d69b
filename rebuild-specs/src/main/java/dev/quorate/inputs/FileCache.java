package dev.quorate.inputs;

import dev.quorate.digest.Sha256;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A directory of files under their SHA-256. Several processes may share one: a file appears complete or not at all, and
 * two that store the same bytes do no harm.
 */
public final class FileCache {
    private final Path directory;

    /** A cache in a directory, which is made when the first file comes. */
    public FileCache(Path directory) {
        this.directory = directory;
    }

    /** The file of that digest, if it is there. It was hashed when it was stored, not now. */
    public Optional<Path> find(Sha256 digest) {
        Path path = place(digest);
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(path) : Optional.empty();
    }

    /** Like {@link #find}, but hashes the file again; one that has rotted is removed and not found. */
    public Optional<Path> verify(Sha256 digest) throws IOException {
        Optional<Path> found = find(digest);
        if (found.isPresent() && !hash(found.get()).equals(digest)) {
            Files.deleteIfExists(found.get());
            return Optional.empty();
        }
        return found;
    }

    /**
     * Stores a pinned file.
     *
     * @throws WrongBytesException if size or digest differ; nothing is kept then
     */
    public Path put(LockedFile file, InputStream bytes) throws IOException, WrongBytesException {
        return put(file.path().text(), file.sha256(), file.size(), bytes);
    }

    /**
     * Stores a file whose digest and size are known.
     *
     * @param name what the message calls it
     * @throws WrongBytesException if size or digest differ; nothing is kept then
     */
    public Path put(String name, Sha256 sha256, long size, InputStream bytes) throws IOException, WrongBytesException {
        try (Incoming incoming = Incoming.open(directory, name)) {
            incoming.take(bytes, size);
            if (incoming.size() != size) {
                throw WrongBytesException.size(name, size, incoming.size());
            }
            Sha256 actual = incoming.digest();
            if (!actual.equals(sha256)) {
                throw WrongBytesException.digest(name, sha256, actual);
            }
            return incoming.moveTo(place(sha256));
        }
    }

    /**
     * Stores a file whose digest the maintainer knows but not its size.
     *
     * @param limit most bytes taken
     */
    public StoredFile put(String name, Sha256 sha256, InputStream bytes, long limit)
            throws IOException, WrongBytesException {
        try (Incoming incoming = Incoming.open(directory, name)) {
            incoming.take(bytes, limit);
            Sha256 actual = incoming.digest();
            if (!actual.equals(sha256)) {
                throw WrongBytesException.digest(name, sha256, actual);
            }
            return new StoredFile(incoming.moveTo(place(actual)), incoming.size(), actual);
        }
    }

    /**
     * Stores a file under whatever digest it has: for making a lock.
     *
     * @param name what the message calls it
     * @param limit most bytes taken
     * @throws WrongBytesException if there are more bytes than that
     */
    public StoredFile add(String name, InputStream bytes, long limit) throws IOException, WrongBytesException {
        try (Incoming incoming = Incoming.open(directory, name)) {
            incoming.take(bytes, limit);
            Sha256 digest = incoming.digest();
            return new StoredFile(incoming.moveTo(place(digest)), incoming.size(), digest);
        }
    }

    /**
     * Removes what processes that died left of files they were storing: older than a day and held by no process.
     *
     * @return how many files were removed
     */
    public int sweep(Instant now) throws IOException {
        return Incoming.sweep(directory, now);
    }

    private Path place(Sha256 digest) {
        String hex = digest.hex();
        return directory.resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex);
    }

    private static Sha256 hash(Path file) throws IOException {
        var digest = Sha256.newDigest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return Sha256.ofDigest(digest.digest());
    }
}
