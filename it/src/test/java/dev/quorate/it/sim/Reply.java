package dev.quorate.it.sim;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.Logged;
import java.util.List;

/** What the coordinator answers. */
sealed interface Reply {
    record Work(RoundOpening opening, LeaseToken token, Answer.Stage stage) implements Reply {}

    record Nothing() implements Reply {}

    record Filed(long index) implements Reply {}

    record Revealed(List<Logged<Commitment>> commitments) implements Reply {}

    record Refused(String why) implements Reply {}
}
