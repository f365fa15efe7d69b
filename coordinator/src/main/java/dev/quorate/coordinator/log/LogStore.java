package dev.quorate.coordinator.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.Checkpoint;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.HashTile;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TileHashes;
import dev.quorate.log.TilePath;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.Closeable;
import java.io.IOException;
import java.security.SignatureException;
import java.util.List;
import java.util.Optional;

/**
 * All that is durable: journal, tiles and heads. One thread may {@link #commit} while another one
 * {@link #integrate integrates} what was committed before. After an exception it is not to be used again.
 */
final class LogStore implements Closeable {
    private final DurableFiles files;
    private final AtomicWrites writes;
    private final NoteSigner signer;
    private final Publication publication;
    private final TileStore tiles;
    private final LeafTable leaves = new LeafTable();
    private final Journal journal;
    private final Object publishing = new Object();
    private volatile VerifiedCheckpoint head;
    private volatile Optional<VerifiedCheckpoint> served;

    private LogStore(DurableFiles files, NoteSigner signer, Publication publication, int segmentBytes)
            throws IOException, LogDamagedException, SignatureException {
        this.files = files;
        this.writes = new AtomicWrites(files);
        this.signer = signer;
        this.publication = publication;
        Optional<VerifiedCheckpoint> newest = readNote("head");
        this.served = readNote(Publication.SERVED);
        if (newest.isEmpty()
                || served.isPresent()
                        && served.get().head().size() > newest.get().head().size()) {
            newest = served;
        }
        if (newest.isEmpty()
                && !(files.list("tile").isEmpty()
                        && files.list(Journal.DIRECTORY).isEmpty())) {
            throw new LogDamagedException(publication.stateFile(), "is missing, and there are entries");
        }
        this.tiles = TileStore.open(newest.map(VerifiedCheckpoint::head).orElse(TreeHead.EMPTY), files);
        requireServedIsPrefix();
        loadLeaves();
        List<byte[]> journaled = JournalRecovery.entriesFrom(tiles.head().size(), files);
        journaled.forEach(entry -> leaves.add(MerkleTree.leafHash(entry)));
        tiles.add(journaled);
        boolean isCurrent = newest.isPresent() && newest.get().head().equals(tiles.head());
        VerifiedCheckpoint current = isCurrent ? newest.get() : sign();
        if (!isCurrent || publication == Publication.AT_ONCE && !isServed(current)) {
            writeHead(current);
        }
        this.head = current;
        tiles.discardPartial();
        this.journal = Journal.startAt(tiles.head().size(), files, segmentBytes);
    }

    /** Opens a log, or begins one where there is nothing; what the journal holds is in the tree afterwards. */
    static LogStore open(DurableFiles files, NoteSigner signer, Publication publication)
            throws IOException, LogDamagedException, SignatureException {
        return open(files, signer, publication, Journal.SEGMENT_BYTES);
    }

    /** The same with journal segments of another size. */
    static LogStore open(DurableFiles files, NoteSigner signer, Publication publication, int segmentBytes)
            throws IOException, LogDamagedException, SignatureException {
        return new LogStore(files, signer, publication, segmentBytes);
    }

    /** Makes entries durable, which follow all those that were committed before. */
    void commit(long first, List<byte[]> entries) throws IOException {
        journal.append(first, entries);
    }

    /** Takes committed entries into the tree, and signs its new head. */
    VerifiedCheckpoint integrate(List<byte[]> entries) throws IOException, SignatureException {
        tiles.add(entries);
        VerifiedCheckpoint next = sign();
        writeHead(next);
        tiles.discardPartial();
        journal.discardBelow(next.head().size());
        return next;
    }

    /** Serves a head that this log signed; an older one than is served already changes nothing. */
    void publish(VerifiedCheckpoint cosigned) throws IOException {
        synchronized (publishing) {
            long least = served.map(s -> s.head().size()).orElse(0L);
            if (cosigned.head().size() >= least) {
                writes.replace(Publication.SERVED, cosigned.note().bytes());
                served = Optional.of(cosigned);
            }
        }
    }

    VerifiedCheckpoint head() {
        return head;
    }

    Optional<VerifiedCheckpoint> served() {
        return served;
    }

    LeafTable leaves() {
        return leaves;
    }

    /** Nobody sees a head before it is durable: a head that was seen and then lost is a fork. */
    private void writeHead(VerifiedCheckpoint next) throws IOException {
        synchronized (publishing) {
            writes.replace(publication.stateFile(), next.note().bytes());
            if (publication == Publication.AT_ONCE) {
                served = Optional.of(next);
            }
            head = next;
        }
    }

    private VerifiedCheckpoint sign() throws SignatureException {
        String text = new Checkpoint(signer.key().name().text(), tiles.head()).text();
        var note = new SignedNote(text, List.of(signer.sign(text)));
        return switch (CheckpointVerifier.unwitnessed(signer.key()).verify(note)) {
            case CheckpointCheck.Verified(VerifiedCheckpoint checkpoint) -> checkpoint;
            // A signer whose two halves do not belong together must not get as far as the disk.
            case CheckpointCheck.Refused refused -> throw new SignatureException(refused.detail());
        };
    }

    private Optional<VerifiedCheckpoint> readNote(String path) throws IOException, LogDamagedException {
        Optional<byte[]> bytes = files.read(path, SignedNote.MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        return switch (CheckpointVerifier.unwitnessed(signer.key()).verify(bytes.get())) {
            case CheckpointCheck.Verified(VerifiedCheckpoint checkpoint) -> Optional.of(checkpoint);
            case CheckpointCheck.Refused refused -> throw new LogDamagedException(path, refused.detail());
        };
    }

    private boolean isServed(VerifiedCheckpoint checkpoint) {
        return served.isPresent() && served.get().head().equals(checkpoint.head());
    }

    private void requireServedIsPrefix() throws IOException, LogDamagedException {
        if (served.isPresent()) {
            TreeHead was = served.get().head();
            try {
                var hashes = new TileHashes(new StoredTiles(files), tiles.head().size());
                if (!MerkleTree.root(was.size(), hashes).equals(was.root())) {
                    throw new LogDamagedException(Publication.SERVED, "is not a beginning of the newest tree");
                }
            } catch (MalformedException e) {
                throw new LogDamagedException("tile", e.getMessage());
            }
        }
    }

    private void loadLeaves() throws IOException, LogDamagedException {
        long size = tiles.head().size();
        var stored = new StoredTiles(files);
        var hashes = new TileHashes(stored, size);
        try {
            for (long index = 0; index * TilePath.FULL < size; index++) {
                TilePath path = TilePath.hashes(0, index, TilePath.widthIn(size, 0, index));
                List<Sha256> tile = HashTile.read(stored.read(path), path);
                if (!path.isPartial() && !MerkleTree.root(tile).equals(hashes.hash(8, index))) {
                    throw new LogDamagedException(path.toString(), "its hashes are not those of the tree");
                }
                tile.forEach(leaves::add);
            }
        } catch (MalformedException e) {
            throw new LogDamagedException("tile", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
