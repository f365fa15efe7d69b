package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.log.HashedRekord;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.Logged;
import java.util.List;

/** A logged envelope and what it says; its digest and its leaf are asked for so often that each is made once. */
final class Testimony {
    private final EnvelopeKind kind;
    private final Envelope envelope;
    private final Sha256 digest;
    private final P256Key signedBy;
    private final Object value;
    private final byte[] leaf;
    private final long index;

    private Testimony(
            EnvelopeKind kind,
            Envelope envelope,
            Sha256 digest,
            P256Key signedBy,
            Object value,
            byte[] leaf,
            long index) {
        this.kind = kind;
        this.envelope = envelope;
        this.digest = digest;
        this.signedBy = signedBy;
        this.value = value;
        this.leaf = leaf;
        this.index = index;
    }

    /**
     * Something that is to be logged.
     *
     * @param value of the kind's own type
     */
    static Testimony of(EnvelopeKind kind, Envelope envelope, P256Key signedBy, Object value) {
        Sha256 digest = envelope.digest();
        byte[] leaf = HashedRekord.leaf(digest, envelope.signature(), signedBy.spki());
        return new Testimony(kind, envelope, digest, signedBy, value, leaf, -1);
    }

    EnvelopeKind kind() {
        return kind;
    }

    Envelope envelope() {
        return envelope;
    }

    Sha256 digest() {
        return digest;
    }

    P256Key signedBy() {
        return signedBy;
    }

    Object value() {
        return value;
    }

    byte[] leaf() {
        return leaf;
    }

    long index() {
        return index;
    }

    Testimony at(long logged) {
        return new Testimony(kind, envelope, digest, signedBy, value, leaf, logged);
    }

    private <T> Logged<T> as(Class<T> type) {
        return new Logged<>(type.cast(value), signedBy, index, digest);
    }

    private static <T> List<Logged<T>> all(List<Testimony> said, Class<T> type) {
        return said.stream()
                .filter(t -> type.isInstance(t.value))
                .map(t -> t.as(type))
                .toList();
    }

    static Logged<RoundOpening> opening(List<Testimony> said) {
        return all(said, RoundOpening.class).getFirst();
    }

    static List<Logged<HostEvidence>> evidence(List<Testimony> said) {
        return all(said, HostEvidence.class);
    }

    static List<Logged<HostChange>> changes(List<Testimony> said) {
        return all(said, HostChange.class);
    }

    static List<Logged<Commitment>> commitments(List<Testimony> said) {
        return all(said, Commitment.class);
    }

    static List<Logged<BuildProof>> proofs(List<Testimony> said) {
        return all(said, BuildProof.class);
    }

    static List<Logged<Certificate>> certificates(List<Testimony> said) {
        return all(said, Certificate.class);
    }
}
