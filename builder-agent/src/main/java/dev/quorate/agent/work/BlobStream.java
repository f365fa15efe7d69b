package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Blobs;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.digest.Sha256;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** A blob piece by piece: each piece is asked for again where it broke off, and none is waited for without end. */
final class BlobStream extends InputStream {
    private static final int PIECE = 4 << 20;
    private static final int ATTEMPTS = 4;

    private final Blobs blobs;
    private final Sha256 digest;
    private final Patience patience;
    private byte[] piece;
    private int used;
    private long next;

    private BlobStream(Blobs blobs, Sha256 digest, Patience patience, byte[] first) {
        this.blobs = blobs;
        this.digest = digest;
        this.patience = patience;
        this.piece = first;
        this.next = first.length;
    }

    /** Begins to read; empty if the store does not have the file. */
    static Optional<BlobStream> open(Blobs blobs, Sha256 digest, Patience patience)
            throws CoordinatorException, InterruptedException {
        return patience.insist(ATTEMPTS, () -> blobs.read(digest, 0, PIECE))
                .map(first -> new BlobStream(blobs, digest, patience, first));
    }

    @Override
    public int read() throws BrokenOffException, InterruptedIOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws BrokenOffException, InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        if (used == piece.length && !fill()) {
            return -1;
        }
        int count = Math.min(length, piece.length - used);
        System.arraycopy(piece, used, target, offset, count);
        used += count;
        return count;
    }

    private boolean fill() throws BrokenOffException, InterruptedIOException {
        if (piece.length < PIECE) {
            return false;
        }
        try {
            long from = next;
            piece = patience.insist(ATTEMPTS, () -> blobs.read(digest, from, PIECE))
                    .orElse(new byte[0]);
            next += piece.length;
            used = 0;
            return piece.length > 0;
        } catch (CoordinatorException e) {
            throw new BrokenOffException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the download was given up");
        }
    }
}
