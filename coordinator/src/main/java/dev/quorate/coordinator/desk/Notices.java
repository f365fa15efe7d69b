package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Finding;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.store.TrustStore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/**
 * Signs what follows from a later trust root, and has the log hold it: each revocation once, and what came of each count
 * that was looked at again. A notice is kept before it is logged, so that a crash in between changes nothing of it.
 */
final class Notices {
    private static final String REVOCATION = "https://quorate.dev/revocation/v1";
    private static final String REVIEW = "https://quorate.dev/review/v1";

    private final Setup setup;
    private final TrustStore store;
    private final LogBook log;

    Notices(Setup setup, TrustStore store, LogBook log) {
        this.setup = setup;
        this.store = store;
        this.log = log;
    }

    Filed revoked(TrustRoot trust, Revocation revocation) throws IOException, RefusedException, InterruptedException {
        Json.Obj what = revocation.json();
        Sha256 digest = CanonicalJson.digest(what);
        Json.Obj predicate = Json.object()
                .put("revocation", what)
                .put("trust", version(trust))
                .build();
        var statement = new Statement(List.of(new Subject("revocation", digest)), REVOCATION, predicate);
        return enter(trust.version(), "revocation " + digest.hex(), statement);
    }

    Filed reviewed(TrustRoot trust, LiveRound round, Finding standing, Verdict after, String reason)
            throws IOException, RefusedException, InterruptedException {
        RoundState state = round.state();
        Json.Obj predicate = Json.object()
                .put("round", round.id().text())
                .put("spec", round.opening().digest().toString())
                .put("trust", version(trust))
                .put("standing", standing.name())
                .put("before", state.verdict().name())
                .put("after", after.name())
                .put("reason", reason)
                .build();
        Subject subject = state.certificate()
                .map(filed -> new Subject("certificate", filed.envelope()))
                .orElseGet(() -> new Subject("spec", round.opening().digest().sha256()));
        return enter(trust.version(), "round " + round.id().text(), new Statement(List.of(subject), REVIEW, predicate));
    }

    private static Json.Obj version(TrustRoot trust) {
        return Json.object()
                .put("version", trust.version())
                .put("digest", Subject.digest(CanonicalJson.digest(trust.json())))
                .build();
    }

    private Filed enter(int version, String subject, Statement statement)
            throws IOException, RefusedException, InterruptedException {
        Optional<Envelope> kept = store.notice(version, subject);
        Envelope notice = kept.isPresent() ? kept.get() : sign(statement);
        if (kept.isEmpty()) {
            store.add(version, subject, notice);
        }
        return log.enter(notice, setup.signer().publicKey());
    }

    private Envelope sign(Statement statement) throws RefusedException {
        try {
            return Envelope.sign(statement.bytes(), setup.signer());
        } catch (GeneralSecurityException e) {
            throw new RefusedException(Complaint.UNAVAILABLE, "the certifier's key cannot sign now");
        }
    }
}
