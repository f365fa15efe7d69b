package dev.quorate.tpm;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A turn at a TPM: commands that nobody else's come between. Without a resource manager, whoever runs a command first
 * clears the TPM of what others have loaded. Within a process one turn is taken at a time, and may be taken again by who
 * has it; between processes of one machine a file beside the TPM's socket or device is locked, named as that one and
 * {@code .lock}. There is no such file for a TPM that is reached by host and port, and none for a user who may not write
 * there.
 */
public final class TpmTurn implements AutoCloseable {
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();
    private static final Pattern PATH = Pattern.compile("(?:device:|[a-z]+:(?:[^,]*,)*path=)(/[^,]+)(?:,.*)?");

    private final Optional<FileChannel> locked;

    private TpmTurn(Optional<FileChannel> locked) {
        this.locked = locked;
    }

    /**
     * Waits for a turn.
     *
     * @param tcti how to reach the TPM
     */
    public static TpmTurn take(String tcti) throws IOException, InterruptedException {
        WITHIN_PROCESS.lockInterruptibly();
        try {
            boolean first = WITHIN_PROCESS.getHoldCount() == 1;
            Optional<Path> file = first ? file(tcti) : Optional.empty();
            return new TpmTurn(file.isPresent() ? locked(file.get()) : Optional.empty());
        } catch (IOException | InterruptedException | RuntimeException e) {
            WITHIN_PROCESS.unlock();
            throw e;
        }
    }

    /** What is locked between processes, if anything is to be. */
    static Optional<Path> file(String tcti) {
        Matcher matcher = PATH.matcher(tcti);
        return matcher.matches() && !Tpm2Tools.hasResourceManager(tcti)
                ? Optional.of(Path.of(matcher.group(1) + ".lock"))
                : Optional.empty();
    }

    private static Optional<FileChannel> locked(Path file) throws IOException, InterruptedException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            return Optional.empty();
        }
        try {
            channel.lock();
            return Optional.of(channel);
        } catch (FileLockInterruptionException | ClosedByInterruptException e) {
            channel.close();
            throw (InterruptedException) new InterruptedException("while others use the TPM").initCause(e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Lets the next one have it. */
    @Override
    public void close() throws IOException {
        try {
            if (locked.isPresent()) {
                locked.get().close();
            }
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }
}
