package dev.quorate.coordinator.round;

import dev.quorate.coordinator.round.Answer.Refusal;
import dev.quorate.coordinator.round.Answer.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules of a round. */
public final class RoundMachine {
    private RoundMachine() {}

    /** The state of a round that has just been opened. */
    public static RoundState open(RoundEvent.Opened event) {
        return RoundState.opened(event);
    }

    /**
     * The state after these events.
     *
     * @throws IllegalArgumentException unless the first, and only the first, opens the round
     */
    public static RoundState fold(List<RoundEvent> events) {
        if (events.isEmpty() || !(events.getFirst() instanceof RoundEvent.Opened opened)) {
            throw new IllegalArgumentException("a round begins with its opening");
        }
        RoundState state = open(opened);
        for (RoundEvent event : events.subList(1, events.size())) {
            state = step(state, event).state();
        }
        return state;
    }

    /** What an event makes of a round. An event that changes nothing gives an equal state. */
    public static Step step(RoundState state, RoundEvent event) {
        return switch (event) {
            case RoundEvent.Opened ignored -> throw new IllegalArgumentException("a round is opened once");
            case RoundEvent.Leased e -> leased(state, e);
            case RoundEvent.Heartbeat e -> heartbeat(state, e);
            case RoundEvent.Returned e -> returned(state, e);
            case RoundEvent.Attested e -> attested(state, e);
            case RoundEvent.Committed e -> committed(state, e);
            case RoundEvent.Proven e -> Proofs.proven(state, e);
            case RoundEvent.Passed e -> noted(passed(state, e.at()));
            case RoundEvent.Counted e ->
                noted(
                        state.due() == Due.COUNT || state.due() == Due.RECOUNT
                                ? state.counted(e.verdict(), e.reason(), e.at())
                                : state);
            case RoundEvent.Certified e -> noted(state.due() == Due.CERTIFY ? state.certified(e.filed()) : state);
            case RoundEvent.Barred e -> noted(barred(state, e));
            case RoundEvent.Reviewed e -> noted(reviewed(state, e));
        };
    }

    private static Step leased(RoundState state, RoundEvent.Leased event) {
        Optional<Assignment> found = state.assignment(event.builder());
        if (found.isEmpty() || !hasWork(state, found.get(), event.at())) {
            return new Step(state, new Answer.NoWork());
        }
        Instant end = event.at().plus(state.terms().lease());
        Assignment next = found.get().leasedAgain(end);
        Stage stage = next.commitment().isPresent() ? Stage.REVEAL : Stage.BUILD;
        return new Step(state.with(next), new Answer.Granted(next.token(), stage, end));
    }

    static boolean hasWork(RoundState state, Assignment part, Instant now) {
        if (state.phase().isCounted()
                || state.due() != Due.NOTHING
                || part.isBarred()
                || now.isBefore(part.notBefore())
                || part.token().number() >= Assignment.MOST_LEASES) {
            return false;
        }
        return part.commitment().isPresent()
                ? part.proof().isEmpty()
                : state.phase().takesCommitments() && !part.hasGivenUp();
    }

    private static Step heartbeat(RoundState state, RoundEvent.Heartbeat event) {
        Optional<Assignment> part = state.assignment(event.builder()).filter(a -> a.isHeldUnder(event.token()));
        if (part.isEmpty()) {
            return refused(state, Refusal.LEASE_LOST);
        }
        Instant end = event.at().plus(state.terms().lease());
        return new Step(state.with(part.get().leasedUntil(end)), new Answer.Extended(end));
    }

    private static Step returned(RoundState state, RoundEvent.Returned event) {
        Optional<Assignment> part = state.assignment(event.builder())
                .filter(a -> a.token().equals(event.token()) && a.token().number() > 0);
        return part.isEmpty()
                ? refused(state, Refusal.LEASE_LOST)
                : noted(state.with(part.get().returned()));
    }

    private static Step attested(RoundState state, RoundEvent.Attested event) {
        Optional<Assignment> found = state.assignment(event.builder());
        if (found.isEmpty()) {
            return refused(state, Refusal.NOT_ENROLLED);
        }
        Assignment part = found.get();
        Optional<Attestation> repeated = part.attestations().stream()
                .filter(shown ->
                        shown.evidence().envelope().equals(event.filed().envelope()))
                .findFirst();
        if (repeated.isPresent()) {
            return new Step(state, new Answer.Taken(repeated.get().evidence()));
        } else if (!part.isHeldUnder(event.token())) {
            return refused(state, Refusal.LEASE_LOST);
        } else if (state.phase().isCounted()
                || state.due() != Due.NOTHING
                || part.proof().isPresent()
                || part.attestations().size() >= Assignment.MOST_ATTESTATIONS) {
            return refused(state, Refusal.TOO_LATE);
        }
        var shown = new Attestation(event.filed(), event.key(), event.standing());
        return new Step(settle(state.with(part.attested(shown)), event.at()), new Answer.Taken(event.filed()));
    }

    private static Step committed(RoundState state, RoundEvent.Committed event) {
        Optional<Assignment> found = state.assignment(event.builder());
        if (found.isEmpty()) {
            return refused(state, Refusal.NOT_ENROLLED);
        }
        Assignment part = found.get();
        if (!part.isHeldUnder(event.token())) {
            return refused(state, Refusal.LEASE_LOST);
        } else if (part.commitment().isPresent()) {
            return committedAgain(state, part, event.filed());
        } else if (!state.phase().takesCommitments() || part.hasGivenUp() || state.due() != Due.NOTHING) {
            return refused(state, Refusal.TOO_LATE);
        }
        RoundState next = state.with(part.committed(event.filed())).in(Phase.COMMITTING, state.deadline());
        return new Step(settle(next, event.at()), new Answer.Taken(event.filed()));
    }

    private static Step committedAgain(RoundState state, Assignment part, Filed filed) {
        Filed first = part.commitment().orElseThrow();
        if (first.envelope().equals(filed.envelope())) {
            return new Step(state, new Answer.Taken(first));
        }
        RoundState next = part.secondCommitment().isEmpty() ? evidence(state, part.committedTwice(filed)) : state;
        return refused(next, Refusal.SECOND_COMMITMENT);
    }

    /** Two commitments or two results of one builder void its vote, so a round that was counted is counted anew. */
    static RoundState evidence(RoundState state, Assignment twice) {
        RoundState next = state.with(twice);
        return state.phase().isCounted() ? countedAnew(next) : next;
    }

    /** What comes late is kept, but no certificate takes the place of one that was taken away as a whole. */
    static RoundState countedAnew(RoundState state) {
        return state.isVoid() ? state : state.owing(Due.COUNT);
    }

    /** Goes on as far as what has been said allows. */
    static RoundState settle(RoundState state, Instant now) {
        if (state.due() != Due.NOTHING) {
            return state;
        } else if (state.phase().takesCommitments() && state.parts().stream().allMatch(Assignment::isSettled)) {
            return state.committed() == 0 ? state.owing(Due.COUNT) : reveal(state, now);
        } else if (state.phase() == Phase.REVEALING && state.parts().stream().allMatch(Assignment::isSaid)) {
            return state.owing(Due.COUNT);
        }
        return state;
    }

    private static RoundState reveal(RoundState state, Instant now) {
        return state.in(Phase.REVEALING, now.plus(state.terms().revealWithin()));
    }

    /** What a builder said before stays; whether it counts is the tally's business. */
    private static RoundState barred(RoundState state, RoundEvent.Barred event) {
        Optional<Assignment> part =
                state.assignment(event.builder()).filter(a -> a.takenOff().isEmpty());
        if (state.phase().isCounted() || part.isEmpty()) {
            return state;
        }
        RoundState next = state.with(part.get().takenOff(event.why()));
        if (event.outlook() == Outlook.CANNOT_MEET && next.due() == Due.NOTHING) {
            return next.owing(Due.COUNT);
        }
        return settle(next, event.at());
    }

    private static RoundState reviewed(RoundState state, RoundEvent.Reviewed event) {
        boolean done = state.review().filter(r -> r.trust() >= event.trust()).isPresent();
        if (!state.phase().isCounted() || done) {
            return state;
        }
        RoundState next = state.reviewed(new Review(
                event.at(),
                event.trust(),
                event.standing(),
                state.verdict(),
                event.after(),
                event.reason(),
                state.certificate(),
                event.outcome()));
        return switch (event.standing()) {
            case STANDS -> next;
            // A vote that is being counted for the first time, or with a late proof, is judged by the new root anyway.
            case RECOUNTED -> next.due() == Due.COUNT ? next : next.owing(Due.RECOUNT);
            case VOID -> next.voided(event.after(), event.reason());
        };
    }

    private static RoundState passed(RoundState state, Instant now) {
        if (state.phase().isCounted() || state.due() != Due.NOTHING || now.isBefore(state.deadline())) {
            return state;
        } else if (state.phase() == Phase.REVEALING) {
            return state.owing(Due.COUNT);
        }
        return state.committed() < state.terms().threshold() ? state.owing(Due.COUNT) : reveal(state, now);
    }

    static Step refused(RoundState state, Refusal refusal) {
        return new Step(state, new Answer.Refused(refusal));
    }

    private static Step noted(RoundState state) {
        return new Step(state, new Answer.Noted());
    }
}
