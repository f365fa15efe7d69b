package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.dsse.Envelope;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustedBuilder;
import java.security.GeneralSecurityException;
import java.util.List;

/** Signs changes of hosts' standings, and has the log hold them with what shows them. */
record HostNotices(Setup setup, LogBook log) {
    private static final String TYPE = "https://quorate.dev/host/v1";

    Envelope sign(Standing standing, TrustedBuilder builder) throws RefusedException {
        Json.Builder predicate = Json.object()
                .put("builder", builder.id().text())
                .put("operator", builder.operator())
                .put("zone", builder.zone())
                .put("standing", standing.state().name())
                .put("reason", standing.reason())
                .put("at", standing.at().toString());
        standing.host().map(HostId::toString).ifPresent(host -> predicate.put("host", host));
        var statement = new Statement(List.of(new Subject("evidence", standing.evidence())), TYPE, predicate.build());
        try {
            return Envelope.sign(statement.bytes(), setup.signer());
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
