package dev.quorate.log;

import java.util.List;
import java.util.Optional;

/** A checkpoint whose log's signature, and enough witnesses', were verified. Only {@link CheckpointVerifier} makes one. */
public final class VerifiedCheckpoint {
    private final Checkpoint checkpoint;
    private final SignedNote note;
    private final List<Cosignature> cosignatures;

    VerifiedCheckpoint(Checkpoint checkpoint, SignedNote note, List<Cosignature> cosignatures) {
        this.checkpoint = checkpoint;
        this.note = note;
        this.cosignatures = cosignatures.stream().sorted().toList();
    }

    /** What it says. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Size and root. */
    public TreeHead head() {
        return checkpoint.head();
    }

    /** The note that was verified, with signatures by unknown keys as well. */
    public SignedNote note() {
        return note;
    }

    /** One statement a known witness, earliest first. */
    public List<Cosignature> cosignatures() {
        return cosignatures;
    }

    /**
     * The time by which {@code k} witnesses had cosigned, in seconds since 1970: the logged time of every entry under
     * this head. Empty if fewer did, or if {@code k} is not positive.
     */
    public Optional<Long> timeOf(int k) {
        return k < 1 || k > cosignatures.size()
                ? Optional.empty()
                : Optional.of(cosignatures.get(k - 1).time());
    }
}
