package dev.quorate.log;

import dev.quorate.json.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a bundle: each entry after its length as a 16-bit big-endian number. */
public final class EntryBundle {
    /** Most bytes of one entry. */
    public static final int MAX_ENTRY_BYTES = 65_535;

    /** Most bytes of a bundle. */
    public static final int MAX_BYTES = TilePath.FULL * (Short.BYTES + MAX_ENTRY_BYTES);

    private EntryBundle() {}

    /** Reads a bundle that must hold as many entries as its path says, and nothing more. */
    public static List<byte[]> read(byte[] bytes, TilePath path) throws MalformedException {
        return read(bytes, path.width(), path.toString());
    }

    /**
     * Reads so many entries, and nothing more.
     *
     * @param input what to call the bytes in an error
     */
    public static List<byte[]> read(byte[] bytes, int count, String input) throws MalformedException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < count) {
            int length = rest.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining()) {
                throw new MalformedException(input, "ends within entry " + entries.size());
            }
            var entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        if (rest.hasRemaining()) {
            throw new MalformedException(input, "goes on after its " + count + " entries");
        }
        return entries;
    }

    /**
     * Writes a bundle.
     *
     * @throws IllegalArgumentException if an entry is longer than {@link #MAX_ENTRY_BYTES}
     */
    public static byte[] write(List<byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            requireLength(entry);
            bytes.write(entry.length >> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }

    /**
     * Lets an entry pass that fits.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_ENTRY_BYTES}
     */
    public static void requireLength(byte[] entry) {
        if (entry.length > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("a log entry has at most " + MAX_ENTRY_BYTES + " bytes");
        }
    }
}
