package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Instants;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A coordinator's word that a builder's host stands otherwise with it than before (docs/formats.md, 10). No vote rests on
 * it, though a kit may hold it to explain that one is missing: the evidence that it names can be judged by anybody.
 *
 * @param operator the builder's
 * @param zone the builder's
 * @param host which machine, where that is known
 * @param reason for people; what was lost begins with the refusal's name
 * @param at by the coordinator's clock
 * @param evidence digest of the envelope that shows it
 */
public record HostChange(
        BuilderId builder,
        String operator,
        String zone,
        Optional<HostId> host,
        HostState state,
        String reason,
        Instant at,
        Sha256 evidence) {
    /** Predicate type. */
    public static final String TYPE = "https://quorate.dev/host/v1";

    private static final String SUBJECT = "evidence";
    private static final int LONGEST_REASON = 4096;

    /** The statement to sign. */
    public Statement statement() {
        Json.Builder predicate = Json.object()
                .put("builder", builder.text())
                .put("operator", operator)
                .put("zone", zone)
                .put("standing", state.name())
                .put("reason", reason)
                .put("at", at.toString());
        host.ifPresent(id -> predicate.put("host", id.toString()));
        return new Statement(List.of(new Subject(SUBJECT, evidence)), TYPE, predicate.build());
    }

    /** Reads what a key has signed. */
    public static HostChange parse(VerifiedPayload payload) throws MalformedException {
        Statement statement = Statement.parse(payload, "change of a host");
        Fields in = statement.predicate(TYPE, "change of a host");
        if (statement.subjects().size() != 1
                || !statement.subjects().getFirst().name().equals(SUBJECT)) {
            throw new MalformedException("change of a host", "is about something else than one piece of evidence");
        }
        return new HostChange(
                in.string("builder", BuilderId::parse),
                in.string("operator"),
                in.string("zone"),
                in.optional("host", text -> new HostId(Sha256.parse(text))),
                in.word("standing", HostState.class),
                in.string("reason", HostChange::reason),
                in.string("at", Instants::parse),
                statement.subjects().getFirst().sha256());
    }

    private static String reason(String text) {
        if (text.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("must have at most " + LONGEST_REASON + " characters");
        }
        return text;
    }
}
