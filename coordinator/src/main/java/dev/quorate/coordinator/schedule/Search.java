package dev.quorate.coordinator.schedule;

import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the first acceptable set, the preferred builders first. Taking only the best next one can lead into a dead
 * end, when two needs are met by one operator; so it goes back, within bounds.
 */
final class Search {
    private static final int MOST_STEPS = 200_000;

    private final Scheduler scheduler;
    private final Instant now;
    private int steps;

    Search(Scheduler scheduler, Instant now) {
        this.scheduler = scheduler;
        this.now = now;
    }

    Optional<List<Candidate>> first(List<Candidate> candidates) {
        return extend(List.of(), candidates);
    }

    private Optional<List<Candidate>> extend(List<Candidate> chosen, List<Candidate> rest) {
        if (chosen.size() == scheduler.builders() || !scheduler.isPromising(chosen)) {
            return scheduler.isEnough(chosen) ? Optional.of(chosen) : Optional.empty();
        }
        List<Candidate> ranked = new ArrayList<>(rest.stream()
                .filter(c -> !Scheduler.shares(chosen, c, TrustedBuilder::operator))
                .sorted(scheduler.preference(chosen, now))
                .toList());
        while (!ranked.isEmpty() && ++steps < MOST_STEPS) {
            List<Candidate> more = new ArrayList<>(chosen);
            more.add(ranked.removeFirst());
            // Sets without this one come next, so that no set is looked at twice.
            Optional<List<Candidate>> found = extend(more, ranked);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
