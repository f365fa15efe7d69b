package dev.quorate.it.sim;

import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.dsse.Envelope;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;

/** What a builder asks of the coordinator, as in ADR 2; {@link #from} is whom the connection belongs to. */
sealed interface Request {
    BuilderId from();

    record Lease(BuilderId from) implements Request {}

    record Heartbeat(BuilderId from, RoundId round, LeaseToken token) implements Request {}

    record HandBack(BuilderId from, RoundId round, LeaseToken token) implements Request {}

    record Commit(BuilderId from, RoundId round, LeaseToken token, Envelope envelope) implements Request {}

    record Reveal(BuilderId from, RoundId round, LeaseToken token) implements Request {}

    record Prove(BuilderId from, RoundId round, LeaseToken token, Envelope envelope) implements Request {}
}
