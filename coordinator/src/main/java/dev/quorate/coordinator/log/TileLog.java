package dev.quorate.coordinator.log;

import dev.quorate.coordinator.hold.FileHold;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TileHashes;
import dev.quorate.log.TilePath;
import dev.quorate.log.TlogProof;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.List;
import java.util.Optional;

/**
 * The coordinator's transparency log: many callers, one writer. An entry that was appended is never lost and never moves;
 * appending it again gives the same index.
 */
public final class TileLog implements Closeable {
    private final LogStore store;
    private final StoredTiles tiles;
    private final CheckpointVerifier verifier;
    private final GroupCommit commits;
    private final Closeable lock;

    private TileLog(DurableFiles files, NoteSigner signer, LogStore store, Closeable lock) {
        this.store = store;
        this.tiles = new StoredTiles(files);
        this.verifier = CheckpointVerifier.unwitnessed(signer.key());
        this.commits = new GroupCommit(store);
        this.lock = lock;
    }

    /**
     * Opens the log in a directory, which is made if it is not there, and holds it until {@link #close}.
     *
     * @param signer its key's name is the log's origin
     * @throws LogUnavailableException if another writer holds it, or the key cannot sign
     * @throws LogDamagedException if a file is not what it was
     */
    public static TileLog open(Path directory, NoteSigner signer, Publication publication)
            throws IOException, LogUnavailableException, LogDamagedException {
        if (Files.notExists(directory)) {
            Path parent = Files.createDirectories(directory.toAbsolutePath()).getParent();
            new DiskFiles(parent).syncDirectory("");
        }
        FileHold lock = FileHold.take(directory.resolve("lock"))
                .orElseThrow(() -> new LogUnavailableException("another process writes the log in " + directory
                        + "; stop it, or give this one a directory of its own"));
        try {
            return open(new DiskFiles(directory), signer, publication, lock);
        } catch (IOException | LogUnavailableException | LogDamagedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    static TileLog open(DurableFiles files, NoteSigner signer, Publication publication, Closeable lock)
            throws IOException, LogUnavailableException, LogDamagedException {
        try {
            return new TileLog(files, signer, LogStore.open(files, signer, publication), lock);
        } catch (SignatureException e) {
            throw new LogUnavailableException("the log's key cannot sign: " + e.getMessage(), e);
        }
    }

    /**
     * Appends an entry, or finds it. It is durable when this returns, and under a head soon after;
     * {@link #awaitHead} waits for that.
     *
     * @throws IllegalArgumentException if it has more than {@link EntryBundle#MAX_ENTRY_BYTES} bytes
     * @throws LogUnavailableException if it may not be durable: append it again once the log is back
     */
    public LogIndex append(byte[] leaf) throws LogUnavailableException, InterruptedException {
        EntryBundle.requireLength(leaf);
        return commits.append(leaf);
    }

    /** The index of an entry with this leaf hash, if it is durable. */
    public Optional<LogIndex> find(Sha256 leafHash) {
        return commits.find(leafHash);
    }

    /** Waits for a signed and durable head that includes this entry, which must have been appended. */
    public VerifiedCheckpoint awaitHead(LogIndex index) throws LogUnavailableException, InterruptedException {
        return commits.awaitHead(index);
    }

    /** The newest signed and durable head, without cosignatures. */
    public VerifiedCheckpoint signedCheckpoint() {
        return store.head();
    }

    /** What is served as {@code checkpoint}: empty before the first publication. */
    public Optional<VerifiedCheckpoint> servedCheckpoint() {
        return store.served();
    }

    /**
     * Serves a head of this log with the cosignatures that were collected; one that is older than what is served changes
     * nothing.
     *
     * @throws IllegalArgumentException if the log did not sign it, or it is beyond the newest head
     */
    public void publish(SignedNote cosigned) throws IOException {
        if (!(verifier.verify(cosigned) instanceof CheckpointCheck.Verified(VerifiedCheckpoint checkpoint))
                || checkpoint.head().size() > store.head().head().size()) {
            throw new IllegalArgumentException("only a head of this log can be published");
        }
        store.publish(checkpoint);
    }

    /**
     * The proof that an entry is among the first {@code size}.
     *
     * @throws IllegalArgumentException if it is not, or the log has fewer
     * @throws MalformedException if a tile on disk is damaged
     */
    public List<Sha256> inclusionProof(LogIndex index, long size) throws IOException, MalformedException {
        return MerkleTree.inclusionProof(index, size, hashes(size));
    }

    /**
     * The proof that the tree of {@code size} extends the one of {@code oldSize}.
     *
     * @throws IllegalArgumentException if it is the smaller one, or the log is smaller yet
     * @throws MalformedException if a tile on disk is damaged
     */
    public List<Sha256> consistencyProof(long oldSize, long size) throws IOException, MalformedException {
        return MerkleTree.consistencyProof(oldSize, size, hashes(size));
    }

    /**
     * An entry's proof under a checkpoint of this log, checked before it is given away.
     *
     * @throws IllegalArgumentException if the checkpoint does not include it
     * @throws MalformedException if what is on disk does not lead to the checkpoint's root
     */
    public TlogProof prove(LogIndex index, VerifiedCheckpoint checkpoint) throws IOException, MalformedException {
        TreeHead head = checkpoint.head();
        List<Sha256> proof = inclusionProof(index, head.size());
        Sha256 leaf = MerkleTree.leafHash(entry(index));
        if (!MerkleProof.inclusion(index, leaf, head, proof).isProven()) {
            throw new MalformedException("log", "its files do not prove entry " + index + "; run the log's check");
        }
        return new TlogProof(index, proof, checkpoint.note());
    }

    /**
     * An entry that is under the newest head.
     *
     * @throws IllegalArgumentException if there is none
     */
    public byte[] entry(LogIndex index) throws IOException, MalformedException {
        long bundle = index.value() / TilePath.FULL;
        long size = store.head().head().size();
        if (index.value() >= size) {
            throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
        }
        TilePath path = TilePath.entries(bundle, TilePath.widthIn(size, 0, bundle));
        return EntryBundle.read(tiles.read(path), path).get((int) (index.value() % TilePath.FULL));
    }

    /**
     * A file of the log as it is served.
     *
     * @param path {@code checkpoint} or a tile's; anything else, and what the newest head does not have, is not there
     */
    public Optional<byte[]> read(String path) throws IOException {
        if (path.equals(Publication.SERVED)) {
            return store.served().map(checkpoint -> checkpoint.note().bytes());
        }
        TilePath tile;
        try {
            tile = TilePath.parse(path);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return tile.isWithin(store.head().head().size()) ? tiles.find(tile) : Optional.empty();
    }

    private TileHashes hashes(long size) {
        long newest = store.head().head().size();
        if (size > newest) {
            throw new IllegalArgumentException("the log has " + newest + " entries, not " + size);
        }
        return new TileHashes(tiles, newest);
    }

    /** Finishes what was begun, then lets go of the directory. */
    @Override
    public void close() throws IOException {
        try (lock;
                store) {
            commits.close();
        }
    }
}
