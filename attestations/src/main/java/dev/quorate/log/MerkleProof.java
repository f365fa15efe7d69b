package dev.quorate.log;

import dev.quorate.digest.Sha256;
import java.util.Iterator;
import java.util.List;

/**
 * Checks Merkle proofs from strangers (RFC 9162 §2.1.3.2 and §2.1.4.2, whose proofs are those of RFC 6962). Work is
 * bounded by {@link #MAX_HASHES}, whatever is given.
 */
public final class MerkleProof {
    /** Most hashes of a proof. */
    public static final int MAX_HASHES = 63;

    private MerkleProof() {}

    /** Checks that an entry is in a tree. */
    public static ProofCheck inclusion(LogIndex index, Sha256 leafHash, TreeHead head, List<Sha256> proof) {
        if (index.value() >= head.size()) {
            return ProofCheck.OUT_OF_RANGE;
        }
        long node = index.value();
        long last = head.size() - 1;
        if (proof.size() != inclusionLength(node, last)) {
            return ProofCheck.WRONG_LENGTH;
        }
        Sha256 hash = leafHash;
        for (Sha256 sibling : proof) {
            // A last node without a right sibling is its own parent, so levels without a sibling are skipped.
            while ((node & 1) == 0 && node == last) {
                node >>= 1;
                last >>= 1;
            }
            hash = (node & 1) == 1 ? MerkleTree.nodeHash(sibling, hash) : MerkleTree.nodeHash(hash, sibling);
            node >>= 1;
            last >>= 1;
        }
        return hash.equals(head.root()) ? ProofCheck.PROVEN : ProofCheck.WRONG_ROOT;
    }

    /** Checks that a newer tree extends an older one. */
    public static ProofCheck consistency(TreeHead older, TreeHead newer, List<Sha256> proof) {
        if (older.size() > newer.size()) {
            return ProofCheck.OUT_OF_RANGE;
        }
        if (older.size() == 0 || older.size() == newer.size()) {
            return trivial(older, newer, proof);
        }
        long node = older.size() - 1;
        long last = newer.size() - 1;
        int aligned = Long.numberOfTrailingZeros(older.size());
        node >>= aligned;
        last >>= aligned;
        boolean olderIsSubtree = node == 0;
        if (proof.size() != (olderIsSubtree ? 0 : 1) + inclusionLength(node, last)) {
            return ProofCheck.WRONG_LENGTH;
        }
        Iterator<Sha256> hashes = proof.iterator();
        Sha256 oldHash = olderIsSubtree ? older.root() : hashes.next();
        Sha256 newHash = oldHash;
        while (hashes.hasNext()) {
            Sha256 sibling = hashes.next();
            while ((node & 1) == 0 && node == last) {
                node >>= 1;
                last >>= 1;
            }
            if ((node & 1) == 1) {
                oldHash = MerkleTree.nodeHash(sibling, oldHash);
                newHash = MerkleTree.nodeHash(sibling, newHash);
            } else {
                newHash = MerkleTree.nodeHash(newHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (!newHash.equals(newer.root())) {
            return ProofCheck.WRONG_ROOT;
        }
        return oldHash.equals(older.root()) ? ProofCheck.PROVEN : ProofCheck.WRONG_OLD_ROOT;
    }

    private static ProofCheck trivial(TreeHead older, TreeHead newer, List<Sha256> proof) {
        if (!proof.isEmpty()) {
            return ProofCheck.WRONG_LENGTH;
        }
        Sha256 expected = older.size() == 0 ? TreeHead.EMPTY.root() : newer.root();
        return older.root().equals(expected) ? ProofCheck.PROVEN : ProofCheck.WRONG_OLD_ROOT;
    }

    /** Siblings on the way up: one a level below where the paths of node and last meet, then one a left turn. */
    private static int inclusionLength(long node, long last) {
        int inner = Long.SIZE - Long.numberOfLeadingZeros(node ^ last);
        return inner + Long.bitCount(node >> inner);
    }
}
