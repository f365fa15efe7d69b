package dev.quorate.coordinator.blob;

import dev.quorate.coordinator.blob.BlobException.Reason;
import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The blobs of one directory. Safe for many threads; one of them uploads a blob at a time. */
public final class BlobStore {
    /** Left free on the disk, so that the database and the log can go on. */
    private static final long RESERVE = 64L << 20;

    private static final int BUFFER = 1 << 16;

    private final Path blobs;
    private final Path partial;
    private final Set<Sha256> uploading = ConcurrentHashMap.newKeySet();

    private BlobStore(Path blobs, Path partial) {
        this.blobs = blobs;
        this.partial = partial;
    }

    /** The store in a directory, which is made if it is not there. */
    public static BlobStore open(Path directory) throws IOException {
        return new BlobStore(
                Files.createDirectories(directory.resolve("blobs")),
                Files.createDirectories(directory.resolve("partial")));
    }

    /** A complete blob, as far as its name says; see {@link #verified}. */
    public Optional<StoredBlob> find(Sha256 digest) throws IOException {
        Path file = file(digest);
        return Files.isRegularFile(file) ? Optional.of(new StoredBlob(file, Files.size(file))) : Optional.empty();
    }

    /**
     * A complete blob whose bytes were just hashed again.
     *
     * @throws BlobException if they have decayed; they are put aside, so that the blob can be uploaded anew
     */
    public Optional<StoredBlob> verified(Sha256 digest) throws IOException, BlobException {
        Optional<StoredBlob> found = find(digest);
        if (found.isPresent()
                && !Sha256.ofDigest(hash(found.get().file()).digest()).equals(digest)) {
            Path file = found.get().file();
            Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
            throw new BlobException(Reason.DAMAGED, "the stored bytes of this blob have decayed; upload it again");
        }
        return found;
    }

    /** How many bytes of an incomplete upload there are. */
    public long received(Sha256 digest) throws IOException {
        Path file = partial.resolve(digest.hex());
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /**
     * Begins or continues an upload.
     *
     * @param from 0, or what {@link #received} says
     * @param total bytes of the whole blob
     */
    public Upload upload(Sha256 digest, long from, long total) throws IOException, BlobException {
        if (Files.getFileStore(partial).getUsableSpace() - RESERVE < total - from) {
            throw new BlobException(Reason.NO_SPACE, "the disk has no room for this blob; try again later");
        }
        if (!uploading.add(digest)) {
            throw new BlobException(Reason.BUSY, "this blob is being uploaded now; try again later");
        }
        try {
            return begin(digest, from, total);
        } catch (IOException | BlobException e) {
            released(digest);
            throw e;
        }
    }

    private Upload begin(Sha256 digest, long from, long total) throws IOException, BlobException {
        Path file = partial.resolve(digest.hex());
        long received = received(digest);
        if (from != 0 && from != received) {
            throw new BlobException(Reason.WRONG_OFFSET, "the upload has " + received + " bytes; continue from there");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(from).position(from);
        return new Upload(this, digest, file, channel, hash(file), total);
    }

    void released(Sha256 digest) {
        uploading.remove(digest);
    }

    void keep(Sha256 digest, Path complete) throws IOException {
        Path file = file(digest);
        if (Files.notExists(file.getParent())) {
            Files.createDirectories(file.getParent());
            sync(blobs);
        }
        Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
        sync(file.getParent());
    }

    static BlobException noSpace(IOException cause) throws IOException {
        if (String.valueOf(cause.getMessage()).contains("No space left")) {
            return new BlobException(Reason.NO_SPACE, "the disk is full; nothing of this blob was kept");
        }
        throw cause;
    }

    private Path file(Sha256 digest) {
        return blobs.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private static MessageDigest hash(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        var buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return digest;
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
