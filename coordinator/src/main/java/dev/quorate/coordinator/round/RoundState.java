package dev.quorate.coordinator.round;

import dev.quorate.round.BuilderId;
import dev.quorate.tally.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a round has come to.
 *
 * @param deadline of the commitments, then of the proofs; once counted, the instant that the count judged keys at
 * @param due what the coordinator has to do now
 * @param verdict {@code PENDING} until counted
 * @param reason of the verdict, empty until counted
 * @param certificate the newest one
 * @param review the newest one under a later trust root
 * @param withdrawal the one that took a certificate away, while nothing is certified again
 */
public record RoundState(
        Terms terms,
        Filed opening,
        Instant opened,
        Phase phase,
        Instant deadline,
        Due due,
        SortedMap<BuilderId, Assignment> assignments,
        Verdict verdict,
        String reason,
        Optional<Filed> certificate,
        Optional<Review> review,
        Optional<Review> withdrawal) {
    public RoundState {
        assignments = Collections.unmodifiableSortedMap(new TreeMap<>(assignments));
    }

    static RoundState opened(RoundEvent.Opened event) {
        SortedMap<BuilderId, Assignment> assignments = new TreeMap<>();
        event.terms().builders().forEach(b -> assignments.put(b, Assignment.waiting(b, event.at())));
        return new RoundState(
                event.terms(),
                event.filed(),
                event.at(),
                Phase.DISPATCHED,
                event.at().plus(event.terms().commitWithin()),
                Due.NOTHING,
                assignments,
                Verdict.PENDING,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The part of one builder, if it is enrolled. */
    public Optional<Assignment> assignment(BuilderId builder) {
        return Optional.ofNullable(assignments.get(builder));
    }

    /** Whether a builder could be given a lease. */
    public boolean hasWork(BuilderId builder, Instant now) {
        return assignment(builder)
                .filter(part -> RoundMachine.hasWork(this, part, now))
                .isPresent();
    }

    /** When time itself next decides something, if it does. */
    public Optional<Instant> nextDeadline(Instant now) {
        if (phase.isCounted() || due != Due.NOTHING) {
            return Optional.empty();
        }
        Optional<Instant> pause = phase.takesCommitments()
                ? parts().stream()
                        .filter(a -> !a.isSettled() && a.notBefore().isAfter(now))
                        .map(Assignment::notBefore)
                        .min(Comparator.naturalOrder())
                : Optional.empty();
        return Optional.of(pause.filter(deadline::isAfter).orElse(deadline));
    }

    /** Whether the last look under a later trust root left nothing of its certificate. */
    public boolean isVoid() {
        return review.filter(r -> r.standing() == Finding.VOID).isPresent();
    }

    Collection<Assignment> parts() {
        return assignments.values();
    }

    long committed() {
        return parts().stream().filter(a -> a.commitment().isPresent()).count();
    }

    RoundState with(Assignment changed) {
        Map<BuilderId, Assignment> all = new TreeMap<>(assignments);
        all.put(changed.builder(), changed);
        return new RoundState(
                terms,
                opening,
                opened,
                phase,
                deadline,
                due,
                new TreeMap<>(all),
                verdict,
                reason,
                certificate,
                review,
                withdrawal);
    }

    RoundState in(Phase next, Instant nextDeadline) {
        return new RoundState(
                terms,
                opening,
                opened,
                next,
                nextDeadline,
                due,
                assignments,
                verdict,
                reason,
                certificate,
                review,
                withdrawal);
    }

    RoundState owing(Due next) {
        return new RoundState(
                terms,
                opening,
                opened,
                phase,
                deadline,
                next,
                assignments,
                verdict,
                reason,
                certificate,
                review,
                withdrawal);
    }

    RoundState counted(Verdict newVerdict, String newReason, Instant at) {
        return new RoundState(
                terms,
                opening,
                opened,
                Phase.TALLIED,
                at,
                Due.CERTIFY,
                assignments,
                newVerdict,
                newReason,
                certificate,
                review,
                newVerdict == Verdict.CERTIFIED ? Optional.empty() : withdrawal);
    }

    RoundState certified(Filed filed) {
        return new RoundState(
                terms,
                opening,
                opened,
                Phase.LOGGED,
                deadline,
                Due.NOTHING,
                assignments,
                verdict,
                reason,
                Optional.of(filed),
                review,
                withdrawal);
    }

    /** Of two withdrawals the first one says what was lost. */
    RoundState reviewed(Review latest) {
        Optional<Review> gone = latest.isWithdrawal()
                ? Optional.of(latest)
                : withdrawal.filter(w -> latest.after() != Verdict.CERTIFIED);
        return new RoundState(
                terms,
                opening,
                opened,
                phase,
                deadline,
                due,
                assignments,
                verdict,
                reason,
                certificate,
                Optional.of(latest),
                gone);
    }

    /** The certificate is worth nothing any more, and there is none to take its place. */
    RoundState voided(Verdict newVerdict, String newReason) {
        return new RoundState(
                terms,
                opening,
                opened,
                Phase.LOGGED,
                deadline,
                Due.NOTHING,
                assignments,
                newVerdict,
                newReason,
                certificate,
                review,
                withdrawal);
    }
}
