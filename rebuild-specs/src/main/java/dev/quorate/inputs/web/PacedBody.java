package dev.quorate.inputs.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A body that is closed under its reader when it comes too slowly; a read that waits then fails. */
final class PacedBody extends FilterInputStream {
    private final Pace pace;
    private final long start = System.nanoTime();
    private final AtomicLong bytes = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean late;

    private PacedBody(InputStream body, Pace pace) {
        super(body);
        this.pace = pace;
    }

    /** Watches the body from now on, until it is closed. */
    static PacedBody of(InputStream body, Pace pace) {
        var paced = new PacedBody(body, pace);
        Thread.ofVirtual().name("pace").start(paced::watch);
        return paced;
    }

    /** Whether it was closed for coming too slowly. */
    boolean isLate() {
        return late;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        bytes.addAndGet(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        bytes.addAndGet(Math.max(read, 0));
        return read;
    }

    @Override
    public void close() throws IOException {
        done.countDown();
        super.close();
    }

    private void watch() {
        try {
            long left = left();
            while (left > 0 && !done.await(left, TimeUnit.NANOSECONDS)) {
                left = left();
            }
            if (left <= 0) {
                late = true;
                in.close();
            }
        } catch (InterruptedException | IOException e) {
            // Nobody interrupts this thread, and a body that cannot be closed is one that cannot be read.
            late = true;
        }
    }

    private long left() {
        return pace.left(System.nanoTime() - start, bytes.get());
    }
}
