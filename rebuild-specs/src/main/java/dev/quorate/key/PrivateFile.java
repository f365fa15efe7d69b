package dev.quorate.key;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that only its owner may read or change.
 *
 * @param name what messages call it
 */
record PrivateFile(String name, Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** All its bytes, at most so many, whoever may read them. */
    byte[] bytes(int most) throws UnusableKeyException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw refused("is longer than " + most + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw refused("is not there; check the path");
        } catch (IOException e) {
            throw refused("cannot be read; check its permissions");
        }
    }

    /** Refuses a file that others than its owner may read or change. */
    void refuseIfShared() throws UnusableKeyException {
        try {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
            others.removeAll(OWNER_ONLY);
            others.remove(PosixFilePermission.OWNER_EXECUTE);
            if (!others.isEmpty()) {
                throw refused("can be read or changed by other users; run chmod 600 on it");
            }
        } catch (IOException e) {
            throw refused("cannot be read; check its permissions");
        }
    }

    /** Makes it with its directory, whole or not at all. */
    void write(byte[] content) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "key", ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    UnusableKeyException refused(String problem) {
        return new UnusableKeyException(Printable.of(name) + ": " + problem);
    }
}
