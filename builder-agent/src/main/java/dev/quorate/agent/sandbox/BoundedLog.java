package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies what a build prints into a file, up to a limit. It reads on after that, so that a full log stops no build. */
final class BoundedLog implements Runnable {
    private final InputStream from;
    private final Path file;
    private final long limit;
    private long dropped;

    BoundedLog(InputStream from, Path file, long limit) {
        this.from = from;
        this.file = file;
        this.limit = limit;
    }

    @Override
    public void run() {
        try (OutputStream to = Files.newOutputStream(file)) {
            byte[] buffer = new byte[16 << 10];
            long room = limit;
            for (int n = read(buffer); n >= 0; n = read(buffer)) {
                int kept = (int) Math.min(n, room);
                to.write(buffer, 0, kept);
                room -= kept;
                dropped += n - kept;
            }
            if (dropped > 0) {
                to.write(("\n[log limit reached: " + dropped + " bytes dropped]\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the build's log " + file, e);
        }
    }

    /** The pipe breaks when the sandbox is killed; that is its end. */
    private int read(byte[] buffer) {
        try {
            return from.read(buffer);
        } catch (IOException e) {
            return -1;
        }
    }
}
