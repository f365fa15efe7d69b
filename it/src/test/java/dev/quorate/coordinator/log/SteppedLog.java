package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.TileHashes;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The coordinator's own {@link LogStore} driven by one thread, where {@link TileLog} has threads of its own. It lives in
 * this package because the store does. After an exception it is to be opened again.
 */
public final class SteppedLog {
    private final DurableFiles files;
    private final LogStore store;
    private final List<byte[]> journaled = new ArrayList<>();

    private SteppedLog(DurableFiles files, LogStore store) {
        this.files = files;
        this.store = store;
    }

    /** Opens the log that these files hold, whose heads are shown at once. */
    public static SteppedLog open(DurableFiles files, NoteSigner signer) throws IOException {
        return open(files, signer, Publication.AT_ONCE);
    }

    /** Opens the log that these files hold. */
    public static SteppedLog open(DurableFiles files, NoteSigner signer, Publication publication) throws IOException {
        try {
            return new SteppedLog(files, LogStore.open(files, signer, publication));
        } catch (LogDamagedException e) {
            throw new IllegalStateException("the log recovers from no crash: " + e.getMessage(), e);
        } catch (SignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends a leaf durably, or finds it; it is under a head once {@link #head} was asked. */
    public long append(byte[] leaf) throws IOException {
        Sha256 hash = MerkleTree.leafHash(leaf);
        var known = store.leaves().find(hash);
        if (known.isPresent()) {
            return known.get().value();
        }
        long index = store.leaves().size();
        store.commit(index, List.of(leaf));
        store.leaves().add(hash);
        journaled.add(leaf);
        return index;
    }

    /** A signed head over everything appended. */
    public VerifiedCheckpoint head() throws IOException {
        if (!journaled.isEmpty()) {
            try {
                store.integrate(List.copyOf(journaled));
            } catch (SignatureException e) {
                throw new IllegalStateException(e);
            }
            journaled.clear();
        }
        return store.head();
    }

    /** The head that anybody may have seen; takes nothing in. */
    public Optional<VerifiedCheckpoint> served() {
        return store.served();
    }

    /** The index of a leaf, if it was appended. */
    public Optional<Long> find(byte[] leaf) {
        return store.leaves().find(MerkleTree.leafHash(leaf)).map(index -> index.value());
    }

    /** Shows a head of this log with its cosignatures. */
    public void publish(VerifiedCheckpoint cosigned) throws IOException {
        store.publish(cosigned);
    }

    /** Proves an entry of the tree of that size. */
    public List<Sha256> inclusion(long index, long size) throws IOException {
        try {
            return MerkleTree.inclusionProof(new dev.quorate.log.LogIndex(index), size, hashes());
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Proves that the tree of one size extends that of another. */
    public List<Sha256> consistency(long older, long size) throws IOException {
        try {
            return MerkleTree.consistencyProof(older, size, hashes());
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TileHashes hashes() {
        return new TileHashes(new StoredTiles(files), store.head().head().size());
    }
}
