package dev.quorate.agent.qrexec;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Files whose size and content are known before they are on their way. */
final class Transfer {
    private static final int CHUNK = 64 << 10;

    private Transfer() {}

    /** Sends a file; what it should hold is checked by whoever receives it. */
    static void send(Path file, long size, OutputStream to) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[CHUNK];
            long left = size;
            for (int n = in.read(buffer); n >= 0 && n <= left; n = in.read(buffer)) {
                to.write(buffer, 0, n);
                left -= n;
            }
            if (left != 0 || in.read() >= 0) {
                throw new IOException(file + " has another size than was announced");
            }
        }
    }

    /**
     * Receives a file.
     *
     * @param to does not exist; exists afterwards only if its content is right
     */
    static void receive(InputStream from, long size, Sha256 sha256, Path to) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[CHUNK];
            long left = size;
            while (left > 0) {
                int n = from.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new StreamRefusedException(
                            Refusal.CUT_OFF,
                            "the stream ended within "
                                    + Printable.of(to.getFileName().toString()));
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
                left -= n;
            }
        }
        if (!Sha256.ofDigest(digest.digest()).equals(sha256)) {
            Files.delete(to);
            throw new StreamRefusedException(
                    Refusal.OTHER_BYTES,
                    Printable.of(to.getFileName().toString()) + " does not have the announced digest " + sha256);
        }
    }
}
