package dev.quorate.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A growing tree that keeps only what its root needs: the roots of its complete subtrees, largest first, as many as its
 * size has one bits.
 */
public final class CompactRange {
    private final List<Sha256> subtrees = new ArrayList<>();
    private long size;

    /** The tree of no entries. */
    public CompactRange() {}

    /** The tree of that size whose subtrees these are. */
    public static CompactRange of(long size, SubtreeHashes hashes) throws IOException, MalformedException {
        var range = new CompactRange();
        for (long bit = Long.highestOneBit(size); bit > 0; bit >>= 1) {
            if ((size & bit) != 0) {
                range.subtrees.add(hashes.hash(Long.numberOfTrailingZeros(bit), range.size / bit));
                range.size += bit;
            }
        }
        return range;
    }

    /** Takes one more leaf. */
    public void append(Sha256 leafHash) {
        Sha256 hash = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = MerkleTree.nodeHash(subtrees.removeLast(), hash);
        }
        subtrees.add(hash);
        size++;
    }

    /** Size and root. */
    public TreeHead head() {
        if (subtrees.isEmpty()) {
            return TreeHead.EMPTY;
        }
        Sha256 root = subtrees.getLast();
        for (Sha256 left : subtrees.reversed().subList(1, subtrees.size())) {
            root = MerkleTree.nodeHash(left, root);
        }
        return new TreeHead(size, root);
    }
}
