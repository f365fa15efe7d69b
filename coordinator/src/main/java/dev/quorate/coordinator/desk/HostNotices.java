package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.dsse.Envelope;
import dev.quorate.host.HostChange;
import dev.quorate.trust.TrustedBuilder;
import java.security.GeneralSecurityException;

/** Signs changes of hosts' standings, and has the log hold them with what shows them. */
record HostNotices(Setup setup, LogBook log) {
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
    void enter(HostNotice notice) throws RefusedException, InterruptedException {
        if (notice.evidence().isPresent()) {
            HostNotice.Shown shown = notice.evidence().get();
            log.enter(shown.envelope(), shown.key());
        }
        log.enter(notice.notice(), setup.signer().publicKey());
    }
}
