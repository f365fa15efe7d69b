package dev.quorate.agent.qrexec;

import dev.quorate.dsse.Envelope;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What each stream begins with: who speaks this protocol, and the envelope that announces all the rest. */
final class Head {
    /** Longest JSON of an envelope, in bytes. */
    static final int MAX_BYTES = 2 * Envelope.MAX_PAYLOAD;

    private static final byte[] MAGIC = "quorate.Build/1\n".getBytes(StandardCharsets.US_ASCII);

    private Head() {}

    static void writeMagic(OutputStream out) throws IOException {
        out.write(MAGIC);
    }

    static void readMagic(InputStream in) throws IOException {
        byte[] read = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(read, MAGIC)) {
            boolean cut = Arrays.equals(read, Arrays.copyOf(MAGIC, read.length));
            throw new StreamRefusedException(
                    cut ? Refusal.CUT_OFF : Refusal.MALFORMED,
                    cut ? "the stream ended at its beginning" : "the stream does not begin with quorate.Build/1");
        }
    }

    static void write(OutputStream out, Envelope envelope) throws IOException {
        byte[] json = CanonicalJson.bytes(envelope.json());
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(json.length).array());
        out.write(json);
    }

    /**
     * Reads an envelope whose signature nobody has looked at yet.
     *
     * @param input what it is, in messages
     */
    static Envelope read(InputStream in, String input) throws IOException {
        int length = ByteBuffer.wrap(exactly(in, Integer.BYTES, input)).getInt();
        if (length < 1 || length > MAX_BYTES) {
            throw new StreamRefusedException(
                    Refusal.TOO_LONG,
                    "the " + input + " says that it has " + Integer.toUnsignedString(length) + " bytes, of at most "
                            + MAX_BYTES);
        }
        try {
            return Envelope.parse(exactly(in, length, input), input);
        } catch (MalformedException e) {
            throw new StreamRefusedException(Refusal.MALFORMED, e.getMessage());
        }
    }

    static byte[] exactly(InputStream in, int length, String input) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new StreamRefusedException(Refusal.CUT_OFF, "the stream ended within the " + input);
        }
        return bytes;
    }

    static void requireEnd(InputStream in, String input) throws IOException {
        if (in.read() >= 0) {
            throw new StreamRefusedException(Refusal.TRAILING_BYTES, "there are bytes after the end of the " + input);
        }
    }
}
