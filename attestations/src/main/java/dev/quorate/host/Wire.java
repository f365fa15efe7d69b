package dev.quorate.host;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads binary structures from their beginning; what is too short ends in {@link BufferUnderflowException}. */
final class Wire {
    private final ByteBuffer buffer;

    Wire(byte[] bytes, ByteOrder order) {
        this.buffer = ByteBuffer.wrap(bytes).order(order);
    }

    int u8() {
        return Byte.toUnsignedInt(buffer.get());
    }

    int u16() {
        return Short.toUnsignedInt(buffer.getShort());
    }

    long u32() {
        return Integer.toUnsignedLong(buffer.getInt());
    }

    long u64() {
        return buffer.getLong();
    }

    /** So many bytes; the length is compared with what is there before anything is made. */
    byte[] bytes(long length) {
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[(int) length];
        buffer.get(bytes);
        return bytes;
    }

    boolean isAtEnd() {
        return !buffer.hasRemaining();
    }
}
