package dev.quorate.agent.qrexec;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads all that a program says on standard error, and keeps the end of it. */
final class LastWords implements Runnable {
    private static final int KEPT = 2000;

    private final InputStream from;
    private byte[] kept = new byte[0];

    LastWords(InputStream from) {
        this.from = from;
    }

    @Override
    public void run() {
        try {
            byte[] buffer = new byte[KEPT];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            keep(new byte[0], 0);
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        byte[] all = Arrays.copyOf(kept, kept.length + count);
        System.arraycopy(bytes, 0, all, kept.length, count);
        kept = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
    }

    /** The last line that is not blank, safe to print; empty if there is none. */
    synchronized String line() {
        return new String(kept, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (before, line) -> Printable.of(line.strip()));
    }
}
