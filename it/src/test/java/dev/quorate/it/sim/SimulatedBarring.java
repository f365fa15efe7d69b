package dev.quorate.it.sim;

import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes leases back from builders, and builders off rounds, for what their hosts are. */
record SimulatedBarring(SimulatedRounds rounds, SimulatedSigners signers) {
    /** Whether work is for admitted hosts alone. */
    boolean isGated() {
        return signers.policy().hosts() != Assurance.NONE;
    }

    void takeBack(BuilderId builder, Instant now) throws IOException {
        for (RoundId round : open(builder)) {
            Optional<Assignment> held = rounds.state(round)
                    .assignment(builder)
                    .filter(part -> part.leasedUntil().isPresent());
            if (held.isPresent()) {
                rounds.apply(
                        round, new RoundEvent.Returned(now, builder, held.get().token()));
            }
        }
    }

    /** Takes a builder off every open round. */
    void bar(BuilderId builder, TakenOff why, Instant now) throws IOException {
        for (RoundId round : open(builder)) {
            bar(round, builder, why, now);
        }
    }

    private List<RoundId> open(BuilderId builder) {
        return rounds.states().entrySet().stream()
                .filter(round -> isGated()
                        && !round.getValue().phase().isCounted()
                        && round.getValue().assignment(builder).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    void bar(RoundId round, BuilderId builder, TakenOff why, Instant now) throws IOException {
        RoundState state = rounds.state(round);
        boolean silent = state.assignment(builder)
                .filter(part -> part.proof().isEmpty() && part.takenOff().isEmpty())
                .isPresent();
        if (silent) {
            rounds.apply(round, new RoundEvent.Barred(now, builder, why, signers.without(builder, state, now)));
        }
    }
}
