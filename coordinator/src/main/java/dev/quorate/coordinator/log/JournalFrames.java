package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The frames of one segment. The random salt keeps an entry's own bytes from ever reading as a frame.
 *
 * @param salt random bytes of the segment's header
 */
record JournalFrames(ByteBuffer salt) {
    static final int SALT_BYTES = 16;
    private static final byte[] TITLE = "quorate journal\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAGIC = 0x514c4231;
    private static final int HEAD_BYTES = 4 + 8 + 4 + 4;
    static final int HEADER_BYTES = TITLE.length + SALT_BYTES;

    /** One frame as it was read and verified. */
    record Frame(long first, int count, byte[] payload, int end) {}

    static JournalFrames withSalt(byte[] salt) {
        return new JournalFrames(ByteBuffer.wrap(salt.clone()).asReadOnlyBuffer());
    }

    /** The frames of a segment, or nothing if it has no whole header. */
    static Optional<JournalFrames> ofSegment(byte[] segment) {
        return segment.length < HEADER_BYTES || !Arrays.equals(segment, 0, TITLE.length, TITLE, 0, TITLE.length)
                ? Optional.empty()
                : Optional.of(withSalt(Arrays.copyOfRange(segment, TITLE.length, HEADER_BYTES)));
    }

    byte[] header() {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(TITLE)
                .put(salt.duplicate())
                .array();
    }

    byte[] write(long first, int count, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + payload.length + Sha256.LENGTH)
                .putInt(MAGIC)
                .putLong(first)
                .putInt(count)
                .putInt(payload.length)
                .put(payload);
        frame.put(seal(frame.array(), 0, frame.position()));
        return frame.array();
    }

    /** The frame that begins there, if there is a whole and unharmed one. */
    Optional<Frame> read(byte[] segment, int at) {
        if (segment.length - at < HEAD_BYTES + Sha256.LENGTH) {
            return Optional.empty();
        }
        ByteBuffer frame = ByteBuffer.wrap(segment, at, segment.length - at);
        boolean isFrame = frame.getInt() == MAGIC;
        long first = frame.getLong();
        int count = frame.getInt();
        int length = frame.getInt();
        if (!isFrame || first < 0 || count < 1 || length < 0 || length > frame.remaining() - Sha256.LENGTH) {
            return Optional.empty();
        }
        int payloadEnd = frame.position() + length;
        byte[] seal = Arrays.copyOfRange(segment, payloadEnd, payloadEnd + Sha256.LENGTH);
        if (!Arrays.equals(seal, seal(segment, at, payloadEnd - at))) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOfRange(segment, frame.position(), payloadEnd);
        return Optional.of(new Frame(first, count, payload, payloadEnd + Sha256.LENGTH));
    }

    /** Whether a whole frame begins anywhere from there on. */
    boolean anyFrom(byte[] segment, int at) {
        for (int i = at; i < segment.length; i++) {
            if (read(segment, i).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private byte[] seal(byte[] bytes, int from, int length) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(salt.duplicate());
        digest.update(bytes, from, length);
        return digest.digest();
    }
}
