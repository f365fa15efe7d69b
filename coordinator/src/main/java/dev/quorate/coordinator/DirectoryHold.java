package dev.quorate.coordinator;

import dev.quorate.coordinator.config.ConfigException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second coordinator off the same directory for as long as this process lives. */
record DirectoryHold(FileChannel channel) implements Closeable {
    static DirectoryHold of(Path directory) throws IOException, ConfigException {
        Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(
                directory.resolve("coordinator.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isHeld(channel)) {
            channel.close();
            throw new ConfigException("another coordinator runs on the directory " + directory
                    + "; stop it, or give this one a directory of its own");
        }
        return new DirectoryHold(channel);
    }

    private static boolean isHeld(FileChannel channel) throws IOException {
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
