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
import java.util.List;

/** Enters envelopes into the log, and proves that they are there. */
final class LogBook {
    private final TileLog log;
    private final NoteKey key;
    private final Heads cosigned;

    LogBook(TileLog log, NoteKey key, Heads cosigned) {
        this.log = log;
        this.key = key;
        this.cosigned = cosigned;
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

    /** The log's own head that includes that index, at once. */
    VerifiedCheckpoint headOver(long index) throws RefusedException, InterruptedException {
        return head(log::awaitHead, index);
    }

    /** A head that includes that index, with the witnesses' cosignatures. */
    VerifiedCheckpoint cosignedHeadOver(long index) throws RefusedException, InterruptedException {
        return head(cosigned, index);
    }

    private static VerifiedCheckpoint head(Heads heads, long index) throws RefusedException, InterruptedException {
        try {
            return heads.over(new LogIndex(index));
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
    Bundle bundle(Envelope envelope, P256Key signedBy, long index, VerifiedCheckpoint head, List<byte[]> timestamps)
            throws IOException {
        var entry = new LogEntry(
                key.id(),
                new LogIndex(index),
                head.head(),
                prove(index, head).hashes(),
                head.note().toString(),
                leaf(envelope, signedBy));
        return new Bundle(signedBy.id(), entry, envelope, timestamps);
    }

    private static byte[] leaf(Envelope envelope, P256Key signedBy) {
        return HashedRekord.leaf(envelope.digest(), envelope.signature(), signedBy.spki());
    }
}
