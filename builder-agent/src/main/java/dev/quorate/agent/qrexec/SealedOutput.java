package dev.quorate.agent.qrexec;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/** Writes bytes as sealed frames, each as long as it may be but the last. Closing it leaves what it writes to open. */
final class SealedOutput extends OutputStream {
    private final OutputStream to;
    private final Seal seal;
    private final byte[] plain = new byte[Frame.Kind.SEALED.most() - Seal.TAG];
    private int used;

    SealedOutput(OutputStream to, Seal seal) {
        this.to = to;
        this.seal = seal;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            int count = Math.min(plain.length - used, offset + length - from);
            System.arraycopy(bytes, from, plain, used, count);
            used += count;
            from += count;
            if (used == plain.length) {
                send();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (used > 0) {
            send();
        }
    }

    private void send() throws IOException {
        try {
            seal.close(plain, used).write(to);
            used = 0;
        } catch (GeneralSecurityException e) {
            throw new IOException("the answer cannot be sealed: " + e.getMessage(), e);
        }
    }
}
