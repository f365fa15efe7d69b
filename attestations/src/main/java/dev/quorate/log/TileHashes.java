package dev.quorate.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The subtree hashes of one tree, from its tiles. Keeps the tiles it has read, a few for each proof, so make one for
 * each use. Not for several threads.
 */
public final class TileHashes implements SubtreeHashes {
    private static final int HEIGHT = 8;

    private final TileReader reader;
    private final long treeSize;
    private final Map<TilePath, List<Sha256>> read = new HashMap<>();

    /** The tree of that size; its right-most tiles are the partial ones of that size. */
    public TileHashes(TileReader reader, long treeSize) {
        this.reader = reader;
        this.treeSize = treeSize;
    }

    @Override
    public Sha256 hash(int level, long index) throws IOException, MalformedException {
        int tileLevel = level / HEIGHT;
        int span = 1 << level % HEIGHT;
        long first = index * span;
        long tileIndex = first / TilePath.FULL;
        int from = (int) (first % TilePath.FULL);
        int width = TilePath.widthIn(treeSize, tileLevel, tileIndex);
        if (from + span > width) {
            throw new IllegalArgumentException("a tree of " + treeSize + " has no subtree " + level + "/" + index);
        }
        return MerkleTree.root(
                tile(TilePath.hashes(tileLevel, tileIndex, width)).subList(from, from + span));
    }

    private List<Sha256> tile(TilePath path) throws IOException, MalformedException {
        List<Sha256> known = read.get(path);
        if (known != null) {
            return known;
        }
        List<Sha256> hashes = HashTile.read(reader.read(path), path);
        read.put(path, hashes);
        return hashes;
    }
}
