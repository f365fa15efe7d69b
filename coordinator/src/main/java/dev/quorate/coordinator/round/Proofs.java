package dev.quorate.coordinator.round;

import dev.quorate.coordinator.round.Answer.Refusal;
import java.util.Optional;

/** What becomes of proofs. */
final class Proofs {
    private Proofs() {}

    static Step proven(RoundState state, RoundEvent.Proven event) {
        Optional<Assignment> found = state.assignment(event.builder());
        if (found.isEmpty()) {
            return RoundMachine.refused(state, Refusal.NOT_ENROLLED);
        }
        Assignment part = found.get();
        // Under whatever lease it comes again: a repeated proof is not another attempt.
        Optional<Attempt> repeated = part.attempts().stream()
                .filter(a -> a.proof().envelope().equals(event.filed().envelope()))
                .findFirst();
        if (repeated.isPresent()) {
            return new Step(state, new Answer.Taken(repeated.get().proof()));
        } else if (!part.isHeldUnder(event.token())) {
            return RoundMachine.refused(state, Refusal.LEASE_LOST);
        } else if (part.proof().isPresent()) {
            return again(state, part, event.filed());
        }
        return part.commitment().isPresent() ? last(state, part, event) : tried(state, part, event);
    }

    /** A proof after the count is late: kept, shown, and counted again. */
    private static Step last(RoundState state, Assignment part, RoundEvent.Proven event) {
        if (state.phase().takesCommitments()) {
            return RoundMachine.refused(state, Refusal.TOO_EARLY);
        }
        RoundState next = state.with(part.proven(event.filed()));
        RoundState settled =
                state.phase().isCounted() ? RoundMachine.countedAnew(next) : RoundMachine.settle(next, event.at());
        return new Step(settled, new Answer.Taken(event.filed()));
    }

    private static Step tried(RoundState state, Assignment part, RoundEvent.Proven event) {
        if (event.finality() == Finality.FINAL) {
            return RoundMachine.refused(state, Refusal.NOT_COMMITTED);
        } else if (!state.phase().takesCommitments() || state.due() != Due.NOTHING) {
            return RoundMachine.refused(state, Refusal.TOO_LATE);
        }
        RoundState next = state.with(part.failed(event.token(), event.filed(), event.at()));
        return new Step(RoundMachine.settle(next, event.at()), new Answer.Taken(event.filed()));
    }

    private static Step again(RoundState state, Assignment part, Filed filed) {
        Filed first = part.proof().orElseThrow();
        if (first.envelope().equals(filed.envelope())) {
            return new Step(state, new Answer.Taken(first));
        }
        RoundState next = part.secondProof().isEmpty() ? RoundMachine.evidence(state, part.provenTwice(filed)) : state;
        return RoundMachine.refused(next, Refusal.SECOND_PROOF);
    }
}
