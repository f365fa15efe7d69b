package dev.quorate.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.util.List;

/** The roots of the complete subtrees of one tree; all that proofs are made of. */
@FunctionalInterface
public interface SubtreeHashes {
    /**
     * The root over the entries {@code index·2^level} up to, not including, {@code (index+1)·2^level}, all of which the
     * tree must have.
     *
     * @throws IOException if it cannot be read
     * @throws MalformedException if what was read is not what it should be
     */
    Sha256 hash(int level, long index) throws IOException, MalformedException;

    /** Over leaf hashes in memory. */
    static SubtreeHashes of(List<Sha256> leafHashes) {
        return (level, index) -> MerkleTree.root(
                leafHashes.subList(Math.toIntExact(index << level), Math.toIntExact((index + 1) << level)));
    }
}
