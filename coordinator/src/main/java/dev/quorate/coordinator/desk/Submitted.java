package dev.quorate.coordinator.desk;

import dev.quorate.round.RoundId;

/** Where a submission went. */
public sealed interface Submitted {
    /** The round. */
    RoundId round();

    /** It opened this round. */
    record Opened(RoundId round) implements Submitted {}

    /** This round over the same spec was open already. */
    record Joined(RoundId round) implements Submitted {}
}
