package dev.quorate.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962 §2.1: hashing, and the making of proofs. The checking is in {@link MerkleProof}. */
public final class MerkleTree {
    private MerkleTree() {}

    /** The hash of an entry. */
    public static Sha256 leafHash(byte[] entry) {
        MessageDigest digest = Sha256.newDigest();
        digest.update((byte) 0);
        return Sha256.ofDigest(digest.digest(entry));
    }

    /** The hash over two subtrees. */
    public static Sha256 nodeHash(Sha256 left, Sha256 right) {
        MessageDigest digest = Sha256.newDigest();
        digest.update((byte) 1);
        digest.update(left.bytes());
        return Sha256.ofDigest(digest.digest(right.bytes()));
    }

    /** The root over leaf hashes in memory. */
    public static Sha256 root(List<Sha256> leafHashes) {
        return switch (leafHashes.size()) {
            case 0 -> TreeHead.EMPTY.root();
            case 1 -> leafHashes.getFirst();
            default -> {
                int split = Math.toIntExact(split(leafHashes.size()));
                yield nodeHash(root(leafHashes.subList(0, split)), root(leafHashes.subList(split, leafHashes.size())));
            }
        };
    }

    /** The root of the first {@code size} entries. */
    public static Sha256 root(long size, SubtreeHashes hashes) throws IOException, MalformedException {
        return size == 0 ? TreeHead.EMPTY.root() : range(0, size, hashes);
    }

    /**
     * The inclusion proof (§2.1.1) of an entry in the first {@code size} entries: siblings from the leaf upwards.
     *
     * @throws IllegalArgumentException if the entry is beyond them
     */
    public static List<Sha256> inclusionProof(LogIndex index, long size, SubtreeHashes hashes)
            throws IOException, MalformedException {
        if (index.value() >= size) {
            throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
        }
        List<Sha256> upwards = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index.value() < middle) {
                upwards.addFirst(range(middle, to, hashes));
                to = middle;
            } else {
                upwards.addFirst(range(from, middle, hashes));
                from = middle;
            }
        }
        return List.copyOf(upwards);
    }

    /**
     * The consistency proof (§2.1.2) between the first {@code oldSize} and the first {@code size} entries; empty from
     * size zero, and between equal sizes.
     *
     * @throws IllegalArgumentException if the older tree is the larger one
     */
    public static List<Sha256> consistencyProof(long oldSize, long size, SubtreeHashes hashes)
            throws IOException, MalformedException {
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException("no consistency proof from size " + oldSize + " to " + size);
        }
        if (oldSize == 0 || oldSize == size) {
            return List.of();
        }
        List<Sha256> upwards = new ArrayList<>();
        long from = 0;
        long to = size;
        while (oldSize != to) {
            long middle = from + split(to - from);
            if (oldSize <= middle) {
                upwards.addFirst(range(middle, to, hashes));
                to = middle;
            } else {
                upwards.addFirst(range(from, middle, hashes));
                from = middle;
            }
        }
        if (from > 0) {
            upwards.addFirst(range(from, to, hashes));
        }
        return List.copyOf(upwards);
    }

    /** The largest power of two below a number of at least 2. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /** The root over a range that begins at a multiple of a power of two no smaller than its length. */
    private static Sha256 range(long from, long to, SubtreeHashes hashes) throws IOException, MalformedException {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return hashes.hash(level, from >> level);
        }
        long middle = from + split(size);
        return nodeHash(range(from, middle, hashes), range(middle, to, hashes));
    }
}
