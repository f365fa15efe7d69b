package dev.quorate.it.sim;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.digest.Sha256;
import dev.quorate.round.Commitment;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.Logged;
import java.time.Instant;
import java.util.List;

/** What the coordinator answers. */
sealed interface Reply {
    /**
     * Something to build.
     *
     * @param logged digest of the opening's envelope
     */
    record Work(RoundOpening opening, Sha256 logged, LeaseToken token, Answer.Stage stage) implements Reply {}

    record Asked(Nonce nonce) implements Reply {}

    record Admitted(Sha256 certificate, Instant until) implements Reply {}

    record Nothing() implements Reply {}

    record Filed(long index) implements Reply {}

    record Revealed(List<Logged<Commitment>> commitments) implements Reply {}

    record Refused(String why) implements Reply {}
}
