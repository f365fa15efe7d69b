package dev.quorate.it.sim;

import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import java.util.Optional;

/** What a builder asks of the coordinator, as in ADR 2, 5 and 13; {@link #from} is whom the connection belongs to. */
sealed interface Request {
    BuilderId from();

    /** By whom, over which of the coordinator's certificates of its host, if it has one. */
    record Lease(BuilderId from, Optional<Sha256> certificate) implements Request {
        Lease(BuilderId from) {
            this(from, Optional.empty());
        }
    }

    record Nonce(BuilderId from) implements Request {}

    record Admit(BuilderId from, P256Key key, Envelope envelope) implements Request {}

    record Attest(BuilderId from, RoundId round, LeaseToken token, P256Key key, Envelope envelope) implements Request {}

    record Heartbeat(BuilderId from, RoundId round, LeaseToken token) implements Request {}

    record HandBack(BuilderId from, RoundId round, LeaseToken token) implements Request {}

    record Commit(BuilderId from, RoundId round, LeaseToken token, Envelope envelope) implements Request {}

    record Reveal(BuilderId from, RoundId round, LeaseToken token) implements Request {}

    record Prove(BuilderId from, RoundId round, LeaseToken token, Envelope envelope) implements Request {}
}
