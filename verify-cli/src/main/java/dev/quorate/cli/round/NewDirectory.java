package dev.quorate.cli.round;

import dev.quorate.cli.RefusedException;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import dev.quorate.proof.Output;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is filled under another name and appears complete or not at all. */
final class NewDirectory implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Path target;
    private final Path part;

    private NewDirectory(Path target, Path part) {
        this.target = target;
        this.part = part;
    }

    static NewDirectory at(Path path) throws RefusedException {
        Path target = path.toAbsolutePath();
        try {
            if (Files.exists(target) && !isEmpty(target)) {
                throw new RefusedException(
                        Printable.of(path.toString()) + ": is there and not empty; name a new directory");
            }
            Files.createDirectories(target.getParent());
            return new NewDirectory(target, Files.createTempDirectory(target.getParent(), ".fetch"));
        } catch (IOException e) {
            throw refused(path, e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.findAny().isEmpty();
        }
    }

    void write(String relative, byte[] bytes) throws RefusedException {
        try {
            Path path = place(RelativePath.parse(relative));
            Files.write(path, bytes, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw refused(target, e);
        }
    }

    /** Streams an output in and keeps it if its size and digest are the promised ones. */
    void download(Output.File file, Coordinator coordinator) throws RefusedException, InterruptedException {
        try (InputStream in = coordinator.blobStream(file.sha256())) {
            Path path = place(file.path());
            Sha256 actual = copy(in, path, file.size());
            if (!actual.equals(file.sha256())) {
                throw new RefusedException("the coordinator gave other bytes for "
                        + Printable.of(file.path().text()) + ", whose SHA-256 is to be " + file.sha256());
            }
            if (file.executable() && !path.toFile().setExecutable(true, false)) {
                throw new RefusedException(Printable.of(path.toString()) + ": cannot be made executable here");
            }
        } catch (IOException e) {
            throw refused(target, e);
        }
    }

    private static Sha256 copy(InputStream in, Path path, long size) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] chunk = new byte[CHUNK];
        long left = size;
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                left -= n;
                if (left < 0) {
                    throw new IOException("the coordinator sends more than the promised " + size + " bytes");
                }
                digest.update(chunk, 0, n);
                out.write(chunk, 0, n);
            }
        }
        return Sha256.ofDigest(digest.digest());
    }

    private Path place(RelativePath relative) throws IOException {
        Path path = relative.below(part);
        Files.createDirectories(path.getParent());
        return path;
    }

    /** Makes everything visible. */
    void publish() throws RefusedException {
        try {
            Files.setPosixFilePermissions(part, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw refused(target, e);
        }
    }

    private static RefusedException refused(Path path, IOException e) {
        String name = Printable.of(path.toString());
        return switch (e) {
            case FileAlreadyExistsException exists ->
                new RefusedException(name + ": two things of this round have one name", exists);
            case DirectoryNotEmptyException full ->
                new RefusedException(name + ": somebody filled it meanwhile; name a new directory", full);
            default ->
                new RefusedException(name + ": cannot be written: " + Printable.of(String.valueOf(e.getMessage())), e);
        };
    }

    @Override
    public void close() {
        if (!Files.exists(part)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(part)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // What stays has a name that says what it is; the reason why fetching failed matters more.
            part.toFile().deleteOnExit();
        }
    }
}
