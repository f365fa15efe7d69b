package dev.quorate.coordinator.hold;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A lock file that this process holds until it closes it or ends, however it ends. */
public record FileHold(FileChannel channel) implements Closeable {
    /** Takes a file, making it if need be; empty if somebody else, or another part of this process, has it. */
    public static Optional<FileHold> take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isOurs(channel)) {
            return Optional.of(new FileHold(channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
