package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.CompactRange;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.HashTile;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteKey;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TilePath;
import dev.quorate.log.TreeHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Computes a whole log again from its entries and compares every file with what it must be. Changes nothing. */
public final class LogFsck {
    private final DurableFiles files;
    private final StoredTiles tiles;
    private final CheckpointVerifier verifier;
    private final TreeMap<Long, Sha256> heads = new TreeMap<>();
    private final List<List<Sha256>> edge = new ArrayList<>();

    private LogFsck(DurableFiles files, NoteKey log) {
        this.files = files;
        this.tiles = new StoredTiles(files);
        this.verifier = CheckpointVerifier.unwitnessed(log);
    }

    /** What came of it. */
    public sealed interface Result {
        /** Every file is as it must be. */
        record Sound(TreeHead head) implements Result {}

        /**
         * The first file that is not, in the order of the entries.
         *
         * @param problem one sentence, safe to print
         */
        record Broken(String path, String problem) implements Result {}
    }

    /** Checks the log below a directory, whose key is given. */
    public static Result check(DurableFiles files, NoteKey log) throws IOException {
        var fsck = new LogFsck(files, log);
        try {
            return new Result.Sound(fsck.run());
        } catch (Finding finding) {
            return new Result.Broken(finding.path, finding.getMessage());
        } catch (LogDamagedException e) {
            return new Result.Broken(Journal.DIRECTORY, e.getMessage());
        }
    }

    private static final class Finding extends Exception {
        private static final long serialVersionUID = 1;
        private final String path;

        Finding(String path, String problem) {
            super(problem);
            this.path = path;
        }
    }

    private TreeHead run() throws IOException, Finding, LogDamagedException {
        readHead("head");
        readHead(Publication.SERVED);
        if (heads.isEmpty()) {
            throw new Finding(Publication.SERVED, "there is no checkpoint");
        }
        long size = heads.lastKey();
        var range = new CompactRange();
        List<Finding> wrongHeads = new ArrayList<>();
        compareHead(range.head(), wrongHeads);
        for (long index = 0; index * TilePath.FULL < size; index++) {
            TilePath path = TilePath.entries(index, TilePath.widthIn(size, 0, index));
            for (byte[] entry : entries(path)) {
                Sha256 leaf = MerkleTree.leafHash(entry);
                addHash(leaf, 0, range.head().size());
                range.append(leaf);
                compareHead(range.head(), wrongHeads);
            }
        }
        for (int level = 0; level < edge.size(); level++) {
            if (!edge.get(level).isEmpty()) {
                requireTile(level, size >> 8 * (level + 1), edge.get(level));
            }
        }
        // A tile that disagrees with its entries says more than a head that disagrees with all.
        if (!wrongHeads.isEmpty()) {
            throw wrongHeads.getFirst();
        }
        JournalRecovery.entriesFrom(size, files);
        return range.head();
    }

    private void readHead(String path) throws IOException, Finding {
        Optional<byte[]> note = files.read(path, SignedNote.MAX_BYTES);
        if (note.isPresent()) {
            switch (verifier.verify(note.get())) {
                case CheckpointCheck.Refused refused -> throw new Finding(path, refused.detail());
                case CheckpointCheck.Verified(var checkpoint) -> {
                    Sha256 root = checkpoint.head().root();
                    Sha256 other = heads.put(checkpoint.head().size(), root);
                    if (other != null && !other.equals(root)) {
                        throw new Finding(path, "two heads of one size have two roots");
                    }
                }
            }
        }
    }

    private void compareHead(TreeHead computed, List<Finding> wrong) {
        Sha256 signed = heads.get(computed.size());
        if (signed != null && !signed.equals(computed.root())) {
            wrong.add(new Finding(
                    Publication.SERVED, "the first " + computed.size() + " entries have another root than was signed"));
        }
    }

    private List<byte[]> entries(TilePath path) throws IOException, Finding {
        byte[] bytes = tiles.find(path).orElseThrow(() -> new Finding(path.toString(), "is missing"));
        try {
            return EntryBundle.read(bytes, path);
        } catch (MalformedException e) {
            throw new Finding(path.toString(), e.getMessage());
        }
    }

    private void addHash(Sha256 hash, int level, long leafIndex) throws IOException, Finding {
        if (edge.size() == level) {
            edge.add(new ArrayList<>());
        }
        List<Sha256> tile = edge.get(level);
        tile.add(hash);
        if (tile.size() == TilePath.FULL) {
            requireTile(level, leafIndex >> 8 * (level + 1), tile);
            Sha256 root = MerkleTree.root(tile);
            tile.clear();
            addHash(root, level + 1, leafIndex);
        }
    }

    private void requireTile(int level, long index, List<Sha256> hashes) throws IOException, Finding {
        TilePath path = TilePath.hashes(level, index, hashes.size());
        byte[] stored = tiles.find(path).orElseThrow(() -> new Finding(path.toString(), "is missing"));
        if (!Arrays.equals(stored, HashTile.write(hashes))) {
            throw new Finding(path.toString(), "its hashes are not those of the entries");
        }
    }
}
