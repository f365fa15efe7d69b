package dev.quorate.agent.qrexec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bytes inside sealed frames; ends where the frames do. */
final class SealedInput extends InputStream {
    private final InputStream from;
    private final Seal seal;
    private final Runnable heard;
    private byte[] plain = new byte[0];
    private int used;

    /**
     * Opens frames as they are asked for.
     *
     * @param heard told of each frame
     */
    SealedInput(InputStream from, Seal seal, Runnable heard) {
        this.from = from;
        this.seal = seal;
        this.heard = heard;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (used == plain.length && !fill()) {
            return -1;
        }
        int count = Math.min(length, plain.length - used);
        System.arraycopy(plain, used, target, offset, count);
        used += count;
        return count;
    }

    private boolean fill() throws IOException {
        Optional<Frame> frame = Frame.read(from);
        if (frame.isEmpty()) {
            return false;
        }
        if (frame.get().kind() != Frame.Kind.SEALED) {
            throw new StreamRefusedException(
                    Refusal.MALFORMED, "a frame " + frame.get().kind() + " comes after a sealed one");
        }
        heard.run();
        plain = seal.open(frame.get());
        used = 0;
        return true;
    }
}
