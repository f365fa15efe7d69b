package dev.quorate.coordinator.round;

import dev.quorate.coordinator.round.Attestation.Standing;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One builder's part of a round.
 *
 * @param token of the newest lease
 * @param leasedUntil end of that lease; absent when nobody holds it
 * @param notBefore when it may be leased next
 * @param attempts tries that failed without being a vote
 * @param attestations evidence of its host, in order
 * @param secondCommitment evidence of two commitments
 * @param secondProof evidence of two proofs
 * @param takenOff why the builder may no longer speak, if so
 */
public record Assignment(
        BuilderId builder,
        LeaseToken token,
        Optional<Instant> leasedUntil,
        Instant notBefore,
        List<Attempt> attempts,
        List<Attestation> attestations,
        Optional<Filed> commitment,
        Optional<Filed> secondCommitment,
        Optional<Filed> proof,
        Optional<Filed> secondProof,
        Optional<TakenOff> takenOff) {
    /** Tries until a failure of the machine or of an input is the last word. */
    static final int MOST_ATTEMPTS = 3;

    /** More evidence than an honest builder shows, which is one piece for each start of its agent. */
    static final int MOST_ATTESTATIONS = 10;

    /** More leases than any honest builder asks for; bounds what one builder can make us store. */
    static final int MOST_LEASES = 10_000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    public Assignment {
        attempts = List.copyOf(attempts);
        attestations = List.copyOf(attestations);
    }

    static Assignment waiting(BuilderId builder, Instant since) {
        return new Assignment(
                builder,
                LeaseToken.NONE,
                Optional.empty(),
                since,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the builder said in its last try that it cannot. */
    public boolean hasGivenUp() {
        return attempts.size() >= MOST_ATTEMPTS;
    }

    /**
     * Whether it may speak no longer by the trust root or for its lost host, or evidence of its host was refused: what is
     * not the builder's host has no part in the round.
     */
    public boolean isBarred() {
        return takenOff.isPresent() || attestations.stream().anyMatch(shown -> shown.standing() == Standing.REFUSED);
    }

    /** Keys with which the builder's host may speak. */
    public List<P256Key> voices() {
        return attestations.stream()
                .filter(shown -> shown.standing() == Standing.GOOD)
                .map(Attestation::key)
                .toList();
    }

    /** Proofs of failed tries, in order. */
    public List<Filed> failedTries() {
        return attempts.stream().map(Attempt::proof).toList();
    }

    /** Whether no commitment is to be waited for. */
    boolean isSettled() {
        return commitment.isPresent() || hasGivenUp() || isBarred();
    }

    /** Whether no proof is to be waited for once revealing has begun. */
    boolean isSaid() {
        return commitment.isEmpty() || proof.isPresent() || isBarred();
    }

    boolean isHeldUnder(LeaseToken presented) {
        return leasedUntil.isPresent() && token.equals(presented);
    }

    Assignment leasedUntil(Instant end) {
        return with(token, Optional.of(end));
    }

    Assignment leasedAgain(Instant end) {
        return with(token.next(), Optional.of(end));
    }

    Assignment returned() {
        return with(token, Optional.empty());
    }

    private Assignment with(LeaseToken newToken, Optional<Instant> until) {
        return new Assignment(
                builder,
                newToken,
                until,
                notBefore,
                attempts,
                attestations,
                commitment,
                secondCommitment,
                proof,
                secondProof,
                takenOff);
    }

    /** Each pause before another try is four times the one before. */
    Assignment failed(LeaseToken under, Filed said, Instant at) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(new Attempt(under, said));
        Instant next = at.plus(FIRST_PAUSE.multipliedBy(1L << 2 * attempts.size()));
        return new Assignment(
                builder,
                token,
                Optional.empty(),
                next,
                more,
                attestations,
                commitment,
                secondCommitment,
                proof,
                secondProof,
                takenOff);
    }

    /** Refused evidence takes the lease away, and its token is dead. */
    Assignment attested(Attestation shown) {
        List<Attestation> more = new ArrayList<>(attestations);
        more.add(shown);
        boolean good = shown.standing() == Standing.GOOD;
        return new Assignment(
                builder,
                good ? token : token.next(),
                good ? leasedUntil : Optional.empty(),
                notBefore,
                attempts,
                more,
                commitment,
                secondCommitment,
                proof,
                secondProof,
                takenOff);
    }

    /** Whatever lease there was is dead, and there will be no other. */
    Assignment takenOff(TakenOff why) {
        return new Assignment(
                builder,
                token.next(),
                Optional.empty(),
                notBefore,
                attempts,
                attestations,
                commitment,
                secondCommitment,
                proof,
                secondProof,
                Optional.of(why));
    }

    Assignment committed(Filed filed) {
        return filed(Optional.of(filed), secondCommitment, proof, secondProof);
    }

    Assignment committedTwice(Filed filed) {
        return filed(commitment, Optional.of(filed), proof, secondProof);
    }

    Assignment proven(Filed filed) {
        return filed(commitment, secondCommitment, Optional.of(filed), secondProof);
    }

    Assignment provenTwice(Filed filed) {
        return filed(commitment, secondCommitment, proof, Optional.of(filed));
    }

    private Assignment filed(Optional<Filed> c, Optional<Filed> c2, Optional<Filed> p, Optional<Filed> p2) {
        return new Assignment(builder, token, leasedUntil, notBefore, attempts, attestations, c, c2, p, p2, takenOff);
    }
}
