package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.StandingChange;
import dev.quorate.coordinator.store.StoredEnvelope;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * An envelope that was verified and is to be filed, and the event that it makes.
 *
 * @param loss what it takes from the builder's host, which is kept with it or not at all
 */
record Filing(
        EnvelopeKind kind,
        Envelope envelope,
        P256Key signedBy,
        LogBook log,
        Function<Filed, RoundEvent> makes,
        Optional<StandingChange> loss) {
    Filing(EnvelopeKind kind, Envelope envelope, P256Key signedBy, LogBook log, Function<Filed, RoundEvent> makes) {
        this(kind, envelope, signedBy, log, makes, Optional.empty());
    }

    Filing with(Optional<StandingChange> change) {
        return new Filing(kind, envelope, signedBy, log, makes, change);
    }

    Sha256 digest() {
        return envelope.digest();
    }

    RoundEvent event(Filed filed) {
        return makes.apply(filed);
    }

    StoredEnvelope enter() throws RefusedException, InterruptedException {
        Filed filed = log.enter(envelope, signedBy);
        return new StoredEnvelope(kind, OptionalLong.of(filed.index()), envelope);
    }
}
