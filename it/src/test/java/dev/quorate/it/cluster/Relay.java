package dev.quorate.it.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is between an agent and the service {@code quorate.Build}: starts the service's own script with the environment
 * that qrexec gives it, carries at most 64 KiB at a time, closes each direction where it ends, and passes the exit
 * status on. It keeps a copy of all that it last carried back, and may change a bit of what it carries back first.
 *
 * <pre>
 * Relay SCRIPT BUILDER LAUNCHER CONFIG COPY CHANGED-BYTE
 * </pre>
 */
public final class Relay {
    private static final int CHUNK = 64 << 10;

    private Relay() {}

    public static void main(String[] arguments) throws Exception {
        var service = new ProcessBuilder(arguments[0], arguments[1]);
        service.environment()
                .putAll(Map.of(
                        "QREXEC_REMOTE_DOMAIN", "quorate-agent",
                        "QREXEC_SERVICE_FULL_NAME", "quorate.Build+" + arguments[1],
                        "QREXEC_SERVICE_ARGUMENT", arguments[1],
                        "QUORATE_PROGRAM", arguments[2],
                        "QUORATE_QREXEC_CONFIG", arguments[3]));
        Process process = service.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread.ofPlatform().daemon().start(() -> carryThere(process.getOutputStream()));
        Path copied = Path.of(arguments[4]);
        long changed = Files.exists(copied) ? -1 : Long.parseLong(arguments[5]);
        try (OutputStream copy = Files.newOutputStream(copied)) {
            carryBack(process.getInputStream(), copy, changed);
        }
        System.out.flush();
        Runtime.getRuntime().halt(process.waitFor());
    }

    private static void carryThere(OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        try (to) {
            for (int n = System.in.read(chunk); n >= 0; n = System.in.read(chunk)) {
                to.write(chunk, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            // The service no longer reads; its answer or its status says why.
            throw new UncheckedIOException(e);
        }
    }

    private static void carryBack(InputStream from, OutputStream copy, long changed) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long before = 0;
        for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
            copy.write(chunk, 0, n);
            long place = changed - before;
            if (place >= 0 && place < n) {
                chunk[(int) place] ^= 1;
            }
            before += n;
            System.out.write(chunk, 0, n);
            System.out.flush();
        }
    }
}
