package dev.quorate.coordinator.desk;

import dev.quorate.round.RoundId;
import java.time.Duration;

/** Calls the desk back. */
public interface Alarm {
    /** Asks to look at a round after that time; later requests for the same round may replace earlier ones. */
    void lookAt(RoundId round, Duration after);
}
