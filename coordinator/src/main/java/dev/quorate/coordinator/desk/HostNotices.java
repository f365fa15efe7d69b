package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.coordinator.store.StandingStore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.host.HostChange;
import dev.quorate.trust.TrustedBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Signs changes of hosts' standings, and has the log hold them with what shows them. */
record HostNotices(Setup setup, StandingStore store, LogBook log) {
    Envelope sign(Standing standing, TrustedBuilder builder) throws RefusedException {
        var change = new HostChange(
                builder.id(),
                builder.operator(),
                builder.zone(),
                standing.host(),
                standing.state(),
                standing.reason(),
                standing.at(),
                standing.evidence());
        try {
            return Envelope.sign(change.statement().bytes(), setup.signer());
        } catch (GeneralSecurityException e) {
            throw new RefusedException(Complaint.UNAVAILABLE, "the certifier's key cannot sign now");
        }
    }

    /** The evidence first: what a notice names is in the log before it. */
    void enter(KeptNotice kept) throws RefusedException, InterruptedException {
        HostNotice notice = kept.notice();
        if (notice.evidence().isPresent()) {
            HostNotice.Shown shown = notice.evidence().get();
            log.enter(shown.envelope(), shown.key());
        }
        Filed filed = log.enter(notice.notice(), setup.signer().publicKey());
        store.logged(kept.number(), filed.index());
    }

    /** Enters whatever the log may not have. */
    void finish() throws IOException, RefusedException, InterruptedException {
        for (Optional<KeptNotice> next = store.unlogged(); next.isPresent(); next = store.unlogged()) {
            enter(next.get());
        }
    }

    /** Makes sure that the log has every notice that a round's kit explains with; later ones explain nothing. */
    void enter(RoundState round) throws IOException, RefusedException, InterruptedException {
        for (Assignment part : round.assignments().values()) {
            Optional<Sha256> named = part.takenOff().flatMap(TakenOff::notice);
            if (named.isPresent()) {
                Optional<KeptNotice> kept = store.notice(part.builder(), named.get());
                if (kept.isPresent() && kept.get().index().isEmpty()) {
                    enter(kept.get());
                }
            }
        }
    }
}
