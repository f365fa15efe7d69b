package dev.quorate.agent;

import dev.quorate.agent.work.Pause;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Keeps a data directory to one agent. The kernel lets go of it when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    private static final int ATTEMPTS = 60;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, making it if need be.
     *
     * @throws ConfigurationException if another agent has it, or it cannot be written
     */
    static DirectoryLock take(Path directory) throws ConfigurationException {
        return attempt(directory).orElseThrow(() -> taken(directory));
    }

    /**
     * Takes the directory, waiting a minute for whoever has it.
     *
     * @throws ConfigurationException if it is still taken then, or cannot be written
     */
    static DirectoryLock await(Path directory) throws ConfigurationException, InterruptedException {
        Optional<DirectoryLock> lock = attempt(directory);
        for (int i = 0; i < ATTEMPTS && lock.isEmpty(); i++) {
            Pause.real().take(BETWEEN);
            lock = attempt(directory);
        }
        return lock.orElseThrow(() -> taken(directory));
    }

    private static Optional<DirectoryLock> attempt(Path directory) throws ConfigurationException {
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ConfigurationException(directory + ": cannot be written; check dir and its permissions");
        }
        return isTaken(channel) ? Optional.of(new DirectoryLock(channel)) : Optional.empty();
    }

    private static ConfigurationException taken(Path directory) {
        return new ConfigurationException(
                directory + ": another agent runs on this directory; stop it, or give this one its own dir");
    }

    private static boolean isTaken(FileChannel channel) throws ConfigurationException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new ConfigurationException("the data directory's file system has no locks; choose another dir");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
