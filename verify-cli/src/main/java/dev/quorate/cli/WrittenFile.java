package dev.quorate.cli;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file whole or not at all. */
public final class WrittenFile {
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");

    private WrittenFile() {}

    /** Makes a finished temporary file visible under its name. */
    private interface Publication {
        void publish(Path part, Path target) throws IOException;
    }

    /** Puts the bytes in place of whatever is there. */
    public static void replace(Path path, byte[] bytes) throws RefusedException {
        write(path, bytes, PUBLIC, (part, target) -> Files.move(part, target, StandardCopyOption.ATOMIC_MOVE));
    }

    /** Makes a new file. */
    public static void create(Path path, byte[] bytes) throws RefusedException {
        write(path, bytes, PUBLIC, WrittenFile::link);
    }

    /** Makes a new file that only its owner may read. */
    public static void createSecret(Path path, byte[] bytes) throws RefusedException {
        write(path, bytes, SECRET, WrittenFile::link);
    }

    /** A link fails where a rename would replace, so two writers cannot both have made the file. */
    private static void link(Path part, Path target) throws IOException {
        Files.createLink(target, part);
        Files.delete(part);
    }

    private static void write(Path path, byte[] bytes, Set<PosixFilePermission> mode, Publication publication)
            throws RefusedException {
        Path target = path.toAbsolutePath();
        Path part = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            fill(part, bytes, mode);
            publication.publish(part, target);
            try (FileChannel directory = FileChannel.open(target.getParent())) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw refused(path, e);
        } finally {
            deleteQuietly(part);
        }
    }

    private static void fill(Path part, byte[] bytes, Set<PosixFilePermission> mode) throws IOException {
        Files.deleteIfExists(part);
        FileAttribute<Set<PosixFilePermission>> attribute = PosixFilePermissions.asFileAttribute(mode);
        try (FileChannel file =
                FileChannel.open(part, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), attribute)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The write itself has succeeded or been refused already; a leftover part is replaced by the next one.
            part.toFile().deleteOnExit();
        }
    }

    private static RefusedException refused(Path path, IOException e) {
        String name = Printable.of(path.toString());
        return switch (e) {
            case FileAlreadyExistsException exists ->
                new RefusedException(name + ": is there already; remove it or choose another name", exists);
            case NoSuchFileException missing ->
                new RefusedException(name + ": its directory does not exist; make it first", missing);
            case AccessDeniedException denied ->
                new RefusedException(name + ": may not be written by this user", denied);
            default ->
                new RefusedException(name + ": cannot be written: " + Printable.of(String.valueOf(e.getMessage())), e);
        };
    }
}
