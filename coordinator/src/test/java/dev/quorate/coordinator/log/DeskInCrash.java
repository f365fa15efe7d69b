package dev.quorate.coordinator.log;

import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.Setup;
import dev.quorate.coordinator.desk.Stamps;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.coordinator.store.TrustStore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.log.HashedRekord;
import dev.quorate.log.LogIndex;
import dev.quorate.trust.SignedTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A coordinator without its server, whose log is on a disk that forgets; what is to be done later is done at once. */
final class DeskInCrash implements AutoCloseable {
    final RoundStore store;
    final Desk desk;
    private final TileLog log;

    /**
     * @param first the trust root that is in force if the database has none yet
     * @param blobs directory of the blobs
     */
    DeskInCrash(Path database, FaultyFiles files, Setup setup, Keys keys, SignedTrust first, Path blobs)
            throws Exception {
        store = RoundStore.open(database);
        try {
            if (store.trust().versions().isEmpty()) {
                store.trust().add(new TrustStore.Kept(first, true), Instant.now());
            }
            log = TileLog.open(files, keys.log(), Publication.AT_ONCE, () -> {});
        } catch (IOException e) {
            store.close();
            throw e;
        }
        List<SignedTrust> versions = new ArrayList<>();
        for (TrustStore.Kept kept : store.trust().versions()) {
            versions.add(kept.trust());
        }
        desk = new Desk(
                setup,
                versions,
                store,
                BlobStore.open(blobs),
                log,
                keys.log().key(),
                log::awaitHead,
                Stamps.NONE,
                Clock.systemUTC(),
                Runnable::run,
                (round, in) -> {});
    }

    /** How often the log has an envelope. */
    long count(Envelope envelope) throws Exception {
        long found = 0;
        long size = size();
        for (long index = 0; index < size; index++) {
            Sha256 signed = HashedRekord.read(log.entry(new LogIndex(index)))
                    .orElseThrow()
                    .signed();
            found += signed.equals(envelope.digest()) ? 1 : 0;
        }
        return found;
    }

    /** Waits until whoever reads the log sees an entry. */
    void await(long index) throws Exception {
        log.awaitHead(new LogIndex(index));
    }

    /** Entries of the log. */
    long size() {
        return log.signedCheckpoint().head().size();
    }

    @Override
    public void close() throws IOException {
        // What could not be done is not tried again in this life.
        desk.drain();
        store.close();
        log.close();
    }
}
