package dev.quorate.agent.qrexec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One frame of an answer. */
record Frame(Kind kind, byte[] content) {
    private static final int HEADER = 5;

    /** What a frame is. */
    enum Kind {
        ALIVE('A', 0, 0),
        KEY('K', 91, 91),
        SEALED('S', 17, 64 << 10);

        private final byte letter;
        private final int least;
        private final int most;

        Kind(char letter, int least, int most) {
            this.letter = (byte) letter;
            this.least = least;
            this.most = most;
        }

        int most() {
            return most;
        }

        /** The five bytes before so many. */
        byte[] header(int length) {
            return ByteBuffer.allocate(HEADER).put(letter).putInt(length).array();
        }

        private static Kind of(byte letter) throws StreamRefusedException {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new StreamRefusedException(Refusal.MALFORMED, "a frame has the unknown kind " + (letter & 0xff));
        }
    }

    byte[] header() {
        return kind.header(content.length);
    }

    void write(OutputStream out) throws IOException {
        out.write(header());
        out.write(content);
        out.flush();
    }

    /** The next frame; empty where the stream ends between two. */
    static Optional<Frame> read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        Kind kind = Kind.of((byte) first);
        int length = ByteBuffer.wrap(Head.exactly(in, Integer.BYTES, "answer's frame"))
                .getInt();
        if (length < kind.least || length > kind.most) {
            throw new StreamRefusedException(
                    Refusal.TOO_LONG, "a frame " + kind + " has " + Integer.toUnsignedString(length) + " bytes");
        }
        return Optional.of(new Frame(kind, Head.exactly(in, length, "answer's frame")));
    }
}
