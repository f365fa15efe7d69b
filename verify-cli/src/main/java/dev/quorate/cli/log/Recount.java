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
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Hashes every entry of a tree again and compares every tile. Holds one tile of each level at a time, however large the
 * tree is, and goes on where it was when the tree has grown.
 */
final class Recount {
    private final TileReader tiles;
    private final Consumer<byte[]> entries;
    private final CompactRange range = new CompactRange();
    private final List<List<Sha256>> open = new ArrayList<>();
    private final List<Long> done = new ArrayList<>();

    Recount(TileReader tiles) {
        this(tiles, entry -> {});
    }

    /** @param entries takes each entry when it is hashed, before it is known whether all of them give the head */
    Recount(TileReader tiles, Consumer<byte[]> entries) {
        this.tiles = tiles;
        this.entries = entries;
    }

    /** How many entries were hashed so far. */
    long size() {
        return range.head().size();
    }

    /**
     * Hashes what the head has beyond the entries hashed so far. It holds if all entries give all tiles and the root;
     * after an exception this recount is of no further use.
     *
     * @param progress is told how many entries were hashed
     * @return how many entries were read
     * @throws MalformedException if they do not; names the first tile that differs
     */
    long extend(TreeHead head, LongConsumer progress) throws IOException, MalformedException {
        long read = 0;
        for (long index = size() / TilePath.FULL; index * TilePath.FULL < head.size(); index++) {
            TilePath path = TilePath.entries(index, TilePath.widthIn(head.size(), 0, index));
            read += append(EntryBundle.read(tiles.read(path), path), path);
            progress.accept(index * TilePath.FULL + path.width());
        }
        compareOpen();
        if (!range.head().equals(head)) {
            throw new MalformedException("checkpoint", "its root is not the one of the log's entries");
        }
        return read;
    }

    /** Entries that were hashed before must still be the ones that they were. */
    private long append(List<byte[]> entries, TilePath path) throws IOException, MalformedException {
        List<Sha256> known = open.isEmpty() ? List.of() : List.copyOf(open.getFirst());
        for (int i = 0; i < entries.size(); i++) {
            Sha256 leaf = MerkleTree.leafHash(entries.get(i));
            if (i >= known.size()) {
                range.append(leaf);
                this.entries.accept(entries.get(i));
                add(0, leaf);
            } else if (!leaf.equals(known.get(i))) {
                throw new MalformedException(path.toString(), "holds another entry than it did before");
            }
        }
        return entries.size();
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
