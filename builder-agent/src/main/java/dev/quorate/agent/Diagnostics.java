package dev.quorate.agent;

import java.io.IOException;
import java.io.OutputStream;

/** Standard error up to a limit: whoever calls a service must not be able to fill this machine's journal. */
final class Diagnostics extends OutputStream {
    private static final int MOST = 64 << 10;

    private final OutputStream to;
    private int left = MOST;

    Diagnostics(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int count = Math.min(left, length);
        left -= count;
        to.write(bytes, offset, count);
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }
}
