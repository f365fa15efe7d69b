package dev.quorate.coordinator.round;

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
 * @param secondCommitment evidence of two commitments
 * @param secondProof evidence of two proofs
 * @param barred why the trust root no longer lets the builder speak, if so
 */
public record Assignment(
        BuilderId builder,
        LeaseToken token,
        Optional<Instant> leasedUntil,
        Instant notBefore,
        List<Attempt> attempts,
        Optional<Filed> commitment,
        Optional<Filed> secondCommitment,
        Optional<Filed> proof,
        Optional<Filed> secondProof,
        Optional<String> barred) {
    /** Tries until a failure of the machine or of an input is the last word. */
    static final int MOST_ATTEMPTS = 3;

    /** More leases than any honest builder asks for; bounds what one builder can make us store. */
    static final int MOST_LEASES = 10_000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    public Assignment {
        attempts = List.copyOf(attempts);
    }

    static Assignment waiting(BuilderId builder, Instant since) {
        return new Assignment(
                builder,
                LeaseToken.NONE,
                Optional.empty(),
                since,
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

    /** Proofs of failed tries, in order. */
    public List<Filed> failedTries() {
        return attempts.stream().map(Attempt::proof).toList();
    }

    /** Whether no commitment is to be waited for. */
    boolean isSettled() {
        return commitment.isPresent() || hasGivenUp() || barred.isPresent();
    }

    /** Whether no proof is to be waited for once revealing has begun. */
    boolean isSaid() {
        return commitment.isEmpty() || proof.isPresent() || barred.isPresent();
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
                commitment,
                secondCommitment,
                proof,
                secondProof,
                barred);
    }

    /** Each pause before another try is four times the one before. */
    Assignment failed(LeaseToken under, Filed said, Instant at) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(new Attempt(under, said));
        Instant next = at.plus(FIRST_PAUSE.multipliedBy(1L << 2 * attempts.size()));
        return new Assignment(
                builder, token, Optional.empty(), next, more, commitment, secondCommitment, proof, secondProof, barred);
    }

    /** Whatever lease there was is dead, and there will be no other. */
    Assignment barred(String reason) {
        return new Assignment(
                builder,
                token.next(),
                Optional.empty(),
                notBefore,
                attempts,
                commitment,
                secondCommitment,
                proof,
                secondProof,
                Optional.of(reason));
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
        return new Assignment(builder, token, leasedUntil, notBefore, attempts, c, c2, p, p2, barred);
    }
}
