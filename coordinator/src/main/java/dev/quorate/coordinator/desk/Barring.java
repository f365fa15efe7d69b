package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Takes leases back from builders, and builders off rounds, for what their hosts are. */
record Barring(Rounds rounds, Prospects prospects, Clock clock) {
    /** Whether work of a round is for admitted hosts alone. */
    static boolean isGated(LiveRound round) {
        return round.opening().policy().hosts() != Assurance.NONE;
    }

    /** Ends the leases of a builder; what was begun waits for its next one. */
    void takeBack(BuilderId builder, Instant now) {
        for (LiveRound round : List.copyOf(rounds.queue(builder))) {
            if (isGated(round)) {
                takeBack(round, builder, now);
            }
        }
    }

    void takeBack(LiveRound round, BuilderId builder, Instant now) {
        round.state()
                .assignment(builder)
                .filter(part -> part.leasedUntil().isPresent())
                .map(Assignment::token)
                .ifPresent(token -> round.apply(new RoundEvent.Returned(now, builder, token)));
    }

    /** Takes a builder off every open round that wants to know its host's state. */
    void bar(BuilderId builder, TakenOff why) {
        for (LiveRound round : List.copyOf(rounds.queue(builder))) {
            if (isGated(round)) {
                bar(round, builder, why);
            }
        }
    }

    /** Takes a builder off a round, which does not wait for what can no longer come. */
    void bar(LiveRound round, BuilderId builder, TakenOff why) {
        Instant now = clock.instant();
        boolean silent = round.state()
                .assignment(builder)
                .filter(part -> part.proof().isEmpty() && part.takenOff().isEmpty())
                .isPresent();
        if (silent) {
            round.apply(new RoundEvent.Barred(now, builder, why, prospects.of(round, Set.of(builder), now)));
        }
    }

    /** Why a builder is taken off whose host shows another state than the trust root allows. */
    static TakenOff unattested(String reason) {
        return TakenOff.because("UNATTESTED, " + reason);
    }
}
