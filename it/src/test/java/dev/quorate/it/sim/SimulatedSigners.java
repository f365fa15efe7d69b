package dev.quorate.it.sim;

import dev.quorate.coordinator.round.Outlook;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.schedule.Candidate;
import dev.quorate.coordinator.schedule.Choice;
import dev.quorate.coordinator.schedule.Scheduler;
import dev.quorate.dsse.P256Key;
import dev.quorate.policy.Policy;
import dev.quorate.round.BuilderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whom the trust root in force lets speak, and what can come of them. */
record SimulatedSigners(Policy policy, SimulatedTrust trust) {
    Optional<P256Key> key(BuilderId builder, Instant now) {
        P256Key key = Cast.key(builder);
        boolean counts =
                trust.current().builder(builder).isPresent() && !trust.current().isRevoked(builder, key, now);
        return counts ? Optional.of(key) : Optional.empty();
    }

    List<Candidate> candidates(Instant now) {
        return trust.current().builders().stream()
                .filter(b -> key(b.id(), now).isPresent())
                .map(b -> b.with(b.hosts().stream()
                        .filter(host -> !trust.current().isRevoked(host.id(), now))
                        .toList()))
                .map(b -> new Candidate(b, Optional.empty(), 0))
                .toList();
    }

    /** Whether a round could still meet the policy when that builder has no further part in it. */
    Outlook without(BuilderId gone, RoundState state, Instant now) {
        List<Candidate> left = candidates(now).stream()
                .filter(c -> !c.builder().id().equals(gone))
                .filter(c -> state.assignment(c.builder().id())
                        .filter(part -> !part.hasGivenUp() && !part.isBarred())
                        .isPresent())
                .toList();
        boolean can = IntStream.rangeClosed(policy.threshold(), left.size())
                .anyMatch(size -> new Scheduler(size, policy).choose(left, now) instanceof Choice.Enrol);
        return can ? Outlook.CAN_MEET : Outlook.CANNOT_MEET;
    }
}
