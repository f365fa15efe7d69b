package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.log.HashedRekord;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.Logged;
import java.util.List;

/**
 * A logged envelope and what it says.
 *
 * @param value of the kind's own type
 */
record Testimony(EnvelopeKind kind, Envelope envelope, P256Key signedBy, Object value, long index) {
    Sha256 digest() {
        return envelope.digest();
    }

    byte[] leaf() {
        return HashedRekord.leaf(digest(), envelope.signature(), signedBy.spki());
    }

    Testimony at(long logged) {
        return new Testimony(kind, envelope, signedBy, value, logged);
    }

    private <T> Logged<T> as(Class<T> type) {
        return new Logged<>(type.cast(value), signedBy, index, digest());
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
