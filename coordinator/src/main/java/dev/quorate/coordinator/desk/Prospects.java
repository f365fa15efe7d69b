package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Outlook;
import dev.quorate.coordinator.schedule.Candidate;
import dev.quorate.coordinator.schedule.Choice;
import dev.quorate.coordinator.schedule.Scheduler;
import dev.quorate.policy.Policy;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the builders that are left in a round could still be a quorum, if all of them agree. */
record Prospects(Signers signers) {
    Outlook of(LiveRound round, Set<BuilderId> without, Instant now) {
        Policy policy = round.opening().policy();
        List<Candidate> left = round.state().assignments().values().stream()
                .filter(part -> !part.hasGivenUp() && !part.isBarred() && !without.contains(part.builder()))
                .flatMap(part -> usable(part.builder(), now).stream())
                .map(builder -> new Candidate(builder, Optional.empty(), 0))
                .toList();
        for (int size = policy.threshold(); size <= left.size(); size++) {
            if (new Scheduler(size, policy).choose(left, now) instanceof Choice.Enrol) {
                return Outlook.CAN_MEET;
            }
        }
        return Outlook.CANNOT_MEET;
    }

    private Optional<TrustedBuilder> usable(BuilderId id, Instant now) {
        return signers.usableBuilders(now).stream()
                .filter(builder -> builder.id().equals(id))
                .findFirst();
    }
}
