package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.log.LogUnavailableException;
import dev.quorate.coordinator.log.TileLog;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.HashedRekord;
import dev.quorate.log.LogIndex;
import dev.quorate.log.NoteKey;
import dev.quorate.log.TlogProof;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;

/** Enters envelopes into the log, and proves that they are there. */
final class LogBook {
    private final TileLog log;
    private final NoteKey key;

    LogBook(TileLog log, NoteKey key) {
        this.log = log;
        this.key = key;
    }

    /** Durable when this returns; the same envelope is entered once. */
    Filed enter(Envelope envelope, P256Key signedBy) throws RefusedException, InterruptedException {
        try {
            LogIndex index = log.append(leaf(envelope, signedBy));
            return new Filed(envelope.digest(), index.value());
        } catch (LogUnavailableException e) {
            throw new RefusedException(Complaint.UNAVAILABLE, e.getMessage());
        }
    }

    /** A head that includes that index, with cosignatures if the newest cosigned one does. */
    VerifiedCheckpoint headOver(long index) throws RefusedException, InterruptedException {
        try {
            VerifiedCheckpoint newest = log.awaitHead(new LogIndex(index));
            return log.servedCheckpoint()
                    .filter(served -> served.head().size() > index)
                    .orElse(newest);
        } catch (LogUnavailableException e) {
            throw new RefusedException(Complaint.UNAVAILABLE, e.getMessage());
        }
    }

    TlogProof prove(long index, VerifiedCheckpoint head) throws IOException {
        try {
            return log.prove(new LogIndex(index), head);
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** One line of a kit. */
    Bundle bundle(Envelope envelope, P256Key signedBy, long index, VerifiedCheckpoint head) throws IOException {
        var entry = new LogEntry(
                key.id(),
                new LogIndex(index),
                head.head(),
                prove(index, head).hashes(),
                head.note().toString(),
                leaf(envelope, signedBy));
        return new Bundle(signedBy.id(), entry, envelope);
    }

    private static byte[] leaf(Envelope envelope, P256Key signedBy) {
        return HashedRekord.leaf(envelope.digest(), envelope.signature(), signedBy.spki());
    }
}
