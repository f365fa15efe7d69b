package dev.quorate.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * A witness's verified statement that at this time it saw no larger head of the log, and none that contradicts it.
 *
 * @param witness the key that verified it
 * @param time seconds since 1970, as the witness said
 */
public record Cosignature(NoteKey witness, long time) implements Comparable<Cosignature> {
    private static final Comparator<Cosignature> ORDER =
            Comparator.comparingLong(Cosignature::time).thenComparing(c -> c.witness.vkey());

    static byte[] message(String text, long time) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** The statement of a signature line, if the key's witness made it over this text. */
    static Optional<Cosignature> verify(NoteKey witness, String text, byte[] blob) {
        if (blob.length != NoteAlgorithm.COSIGNATURE_V1.blobLength()) {
            return Optional.empty();
        }
        long time = ByteBuffer.wrap(blob).getLong();
        byte[] signature = Arrays.copyOfRange(blob, Long.BYTES, blob.length);
        return time >= 0 && witness.key().verifies(message(text, time), signature)
                ? Optional.of(new Cosignature(witness, time))
                : Optional.empty();
    }

    /** By time, then by key. */
    @Override
    public int compareTo(Cosignature other) {
        return ORDER.compare(this, other);
    }
}
