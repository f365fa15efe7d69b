package dev.quorate.cli.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CompactRange;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.HashTile;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.TilePath;
import dev.quorate.log.TileReader;
import dev.quorate.log.TreeHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Hashes every entry of a tree again and compares every tile. Holds one tile of each level at a time, however large the
 * tree is.
 */
final class Recount {
    private final TileReader tiles;
    private final CompactRange range = new CompactRange();
    private final List<List<Sha256>> open = new ArrayList<>();
    private final List<Long> done = new ArrayList<>();

    private Recount(TileReader tiles) {
        this.tiles = tiles;
    }

    /**
     * Holds if all entries give all tiles and the root.
     *
     * @param progress is told how many entries were hashed
     * @throws MalformedException if they do not; names the first tile that differs
     */
    static void check(TreeHead head, TileReader tiles, LongConsumer progress) throws IOException, MalformedException {
        var recount = new Recount(tiles);
        for (long index = 0; index * TilePath.FULL < head.size(); index++) {
            TilePath path = TilePath.entries(index, TilePath.widthIn(head.size(), 0, index));
            for (byte[] entry : EntryBundle.read(tiles.read(path), path)) {
                Sha256 leaf = MerkleTree.leafHash(entry);
                recount.range.append(leaf);
                recount.add(0, leaf);
            }
            progress.accept(index * TilePath.FULL + path.width());
        }
        recount.compareOpen();
        if (!recount.range.head().equals(head)) {
            throw new MalformedException("checkpoint", "its root is not the one of the log's entries");
        }
    }

    private void add(int level, Sha256 hash) throws IOException, MalformedException {
        if (level == open.size()) {
            open.add(new ArrayList<>());
            done.add(0L);
        }
        List<Sha256> tile = open.get(level);
        tile.add(hash);
        if (tile.size() == TilePath.FULL) {
            compare(level);
            Sha256 root = MerkleTree.root(tile);
            tile.clear();
            done.set(level, done.get(level) + 1);
            add(level + 1, root);
        }
    }

    private void compareOpen() throws IOException, MalformedException {
        for (int level = 0; level < open.size(); level++) {
            if (!open.get(level).isEmpty()) {
                compare(level);
            }
        }
    }

    private void compare(int level) throws IOException, MalformedException {
        List<Sha256> expected = open.get(level);
        TilePath path = TilePath.hashes(level, done.get(level), expected.size());
        if (!HashTile.read(tiles.read(path), path).equals(expected)) {
            throw new MalformedException(path.toString(), "holds other hashes than the log's entries give");
        }
    }
}
