package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CompactRange;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.HashTile;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.TileHashes;
import dev.quorate.log.TilePath;
import dev.quorate.log.TreeHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tree as tiles. It keeps the right edge in memory: the partial tile of each level, and the partial bundle. After an
 * exception it is not to be used again. Not for several threads.
 */
final class TileStore {
    private final DurableFiles files;
    private final AtomicWrites writes;
    private final CompactRange range;
    private final List<List<Sha256>> edge = new ArrayList<>();
    private final List<byte[]> bundle = new ArrayList<>();
    private final List<TilePath> completed = new ArrayList<>();

    private TileStore(DurableFiles files, CompactRange range) {
        this.files = files;
        this.writes = new AtomicWrites(files);
        this.range = range;
        for (int level = 0; level <= TilePath.MAX_LEVEL; level++) {
            edge.add(new ArrayList<>());
        }
    }

    /** The tree of a durable head, whose root must follow from the right-most tiles. */
    static TileStore open(TreeHead head, DurableFiles files) throws IOException, LogDamagedException {
        var tiles = new StoredTiles(files);
        try {
            CompactRange range = CompactRange.of(head.size(), new TileHashes(tiles, head.size()));
            if (!range.head().equals(head)) {
                throw new LogDamagedException(
                        "tile",
                        "the tiles give root " + range.head().root() + ", and the signed one is " + head.root());
            }
            var store = new TileStore(files, range);
            store.loadEdge(head.size(), tiles);
            return store;
        } catch (MalformedException e) {
            throw new LogDamagedException("tile", e.getMessage());
        }
    }

    private void loadEdge(long size, StoredTiles tiles) throws IOException, MalformedException, LogDamagedException {
        for (int level = 0; level <= TilePath.MAX_LEVEL; level++) {
            long index = size >> 8 * (level + 1);
            int width = TilePath.widthIn(size, level, index);
            if (width > 0) {
                TilePath path = TilePath.hashes(level, index, width);
                edge.get(level).addAll(HashTile.read(tiles.read(path), path));
            }
        }
        if (!edge.getFirst().isEmpty()) {
            TilePath path =
                    TilePath.entries(size / TilePath.FULL, edge.getFirst().size());
            bundle.addAll(EntryBundle.read(tiles.read(path), path));
            if (!bundle.stream().map(MerkleTree::leafHash).toList().equals(edge.getFirst())) {
                throw new LogDamagedException(path.toString(), "its entries are not those of the tree");
            }
        }
    }

    TreeHead head() {
        return range.head();
    }

    /** Takes entries into the tree and makes all its tiles durable. */
    TreeHead add(List<byte[]> entries) throws IOException {
        long size = range.head().size();
        Set<Integer> changed = new HashSet<>();
        for (byte[] entry : entries) {
            Sha256 leaf = MerkleTree.leafHash(entry);
            range.append(leaf);
            bundle.add(entry);
            if (bundle.size() == TilePath.FULL) {
                write(TilePath.entries(size / TilePath.FULL, TilePath.FULL), EntryBundle.write(bundle));
                bundle.clear();
            }
            addHash(leaf, size, changed);
            size++;
        }
        if (!bundle.isEmpty() && !entries.isEmpty()) {
            write(TilePath.entries(size / TilePath.FULL, bundle.size()), EntryBundle.write(bundle));
        }
        for (int level : changed) {
            List<Sha256> hashes = edge.get(level);
            if (!hashes.isEmpty()) {
                long index = size >> 8 * (level + 1);
                write(TilePath.hashes(level, index, hashes.size()), HashTile.write(hashes));
            }
        }
        return range.head();
    }

    private void addHash(Sha256 leaf, long leafIndex, Set<Integer> changed) throws IOException {
        Sha256 hash = leaf;
        for (int level = 0; ; level++) {
            List<Sha256> hashes = edge.get(level);
            hashes.add(hash);
            changed.add(level);
            if (hashes.size() < TilePath.FULL) {
                return;
            }
            write(TilePath.hashes(level, leafIndex >> 8 * (level + 1), TilePath.FULL), HashTile.write(hashes));
            hash = MerkleTree.root(hashes);
            hashes.clear();
        }
    }

    private void write(TilePath path, byte[] bytes) throws IOException {
        writes.replace(path.toString(), bytes);
        if (!path.isPartial()) {
            completed.add(path);
        }
    }

    /** Removes the partial tiles of those that are full by now. Call it when a head over the full ones is durable. */
    void discardPartial() throws IOException {
        for (TilePath full : completed) {
            String directory = full + ".p";
            for (String name : files.list(directory)) {
                files.delete(directory + "/" + name);
            }
            files.delete(directory);
        }
        completed.clear();
    }
}
