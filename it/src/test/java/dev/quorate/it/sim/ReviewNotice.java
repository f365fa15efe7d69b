package dev.quorate.it.sim;

import dev.quorate.coordinator.desk.Reappraisal;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Finding;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Verdict;
import java.util.List;
import java.util.Optional;

/** What the log is told of a count that was looked at again. */
record ReviewNotice(RoundId round, Optional<Filed> certificate, int trust, Reappraisal found) {
    private static final String TYPE = "https://quorate.dev/review/v1";

    Statement statement() {
        Json.Obj predicate = Json.object()
                .put("round", round.text())
                .put("trust", trust)
                .put("standing", found.standing().name())
                .put("after", found.after().name())
                .build();
        Subject subject = certificate
                .map(filed -> new Subject("certificate", filed.envelope()))
                .orElseGet(() -> new Subject("round", Sha256.of(round.text())));
        return new Statement(List.of(subject), TYPE, predicate);
    }

    /** What a notice says of a round. */
    record Said(Finding standing, Verdict after) {}

    static Said parse(VerifiedPayload payload) {
        try {
            Fields predicate = Statement.parse(payload, "notice").predicate(TYPE, "notice");
            return new Said(Finding.valueOf(predicate.string("standing")), Verdict.valueOf(predicate.string("after")));
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }
}
