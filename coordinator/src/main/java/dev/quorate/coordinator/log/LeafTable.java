package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import dev.quorate.log.LogIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which leaf hash has which index, first come. Open addressing over the hashes' own bits: 32 bytes for a hash and 6 to
 * 12 for its slots, so a million entries take some 44 MB. Not for several threads.
 */
final class LeafTable {
    private static final int CHUNK = 1 << 12;
    private static final int FREE = -1;

    private final List<byte[]> chunks = new ArrayList<>();
    private int[] slots = freeSlots(1 << 10);
    private int size;

    int size() {
        return size;
    }

    Optional<LogIndex> find(Sha256 leafHash) {
        byte[] bytes = leafHash.bytes();
        int slot = slot(bytes);
        return slots[slot] == FREE ? Optional.empty() : Optional.of(new LogIndex(slots[slot]));
    }

    /** Gives the next index to this hash; if it has one already, that one stays the one that is found. */
    void add(Sha256 leafHash) {
        if (size >= slots.length / 3 * 2) {
            grow();
        }
        if (size % CHUNK == 0) {
            chunks.add(new byte[CHUNK * Sha256.LENGTH]);
        }
        byte[] bytes = leafHash.bytes();
        System.arraycopy(bytes, 0, chunks.getLast(), size % CHUNK * Sha256.LENGTH, Sha256.LENGTH);
        int slot = slot(bytes);
        if (slots[slot] == FREE) {
            slots[slot] = size;
        }
        size = Math.incrementExact(size);
    }

    private void grow() {
        int[] old = slots;
        slots = freeSlots(Math.multiplyExact(old.length, 2));
        for (int index : old) {
            if (index != FREE) {
                int from = index % CHUNK * Sha256.LENGTH;
                slots[slot(Arrays.copyOfRange(chunks.get(index / CHUNK), from, from + Sha256.LENGTH))] = index;
            }
        }
    }

    /** The slot of this hash, or the free one where it belongs. */
    private int slot(byte[] bytes) {
        int mask = slots.length - 1;
        int slot = ByteBuffer.wrap(bytes).getInt() & mask;
        while (slots[slot] != FREE && !isAt(slots[slot], bytes)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isAt(int index, byte[] bytes) {
        int from = index % CHUNK * Sha256.LENGTH;
        return Arrays.equals(chunks.get(index / CHUNK), from, from + Sha256.LENGTH, bytes, 0, Sha256.LENGTH);
    }

    private static int[] freeSlots(int length) {
        var slots = new int[length];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
