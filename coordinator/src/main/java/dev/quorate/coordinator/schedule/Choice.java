package dev.quorate.coordinator.schedule;

import dev.quorate.round.BuilderId;
import java.util.List;

/** What the scheduler says. */
public sealed interface Choice {
    /** These builders can meet the policy. */
    record Enrol(List<BuilderId> builders) implements Choice {}

    /**
     * No choice of builders can.
     *
     * @param reason one sentence for a person
     */
    record CannotMeet(String reason) implements Choice {}
}
