package dev.quorate.cli.round;

import dev.quorate.cli.Answer;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.cli.coordinator.RoundStatus;
import dev.quorate.cli.coordinator.RoundWatch;
import dev.quorate.cli.coordinator.Steps;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import java.time.Duration;

/** Watches a round to its end and shows its steps on standard error. */
final class Watching {
    /** Rounds have deadlines of their own; this one is for coordinators that forget theirs. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private Watching() {}

    static Answer toTheEnd(Coordinator coordinator, RoundId round, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        RoundStatus first = coordinator.status(round);
        RoundStatus last = new RoundWatch(coordinator, round, here)
                .until(LONGEST, new Steps(here)::show)
                .orElse(first);
        here.still();
        return StatusText.answer(last);
    }
}
