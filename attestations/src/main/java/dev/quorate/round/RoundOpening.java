package dev.quorate.round;

import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Instants;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.policy.Policy;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.SpecDigest;
import java.time.Instant;
import java.util.List;

/**
 * The coordinator's word that a round began: what is built, by whom, and which policy it schedules for. It is logged
 * before any commitment, so the enrolled set cannot be chosen after the votes are known.
 *
 * @param policy the coordinator's own; a verifier uses its user's
 * @param builders the enrolled set, sorted
 */
public record RoundOpening(
        RoundId round, RebuildSpec spec, SpecDigest digest, Policy policy, List<BuilderId> builders, Instant opened) {
    /** Predicate type. */
    public static final String TYPE = "https://quorate.dev/round/v1";

    private static final int MOST_BUILDERS = 1000;

    public RoundOpening {
        builders = builders.stream().sorted().toList();
        if (builders.stream().distinct().count() != builders.size()) {
            throw new IllegalArgumentException("a builder is enrolled twice");
        }
    }

    /** Opens a round over a locked spec. */
    public static RoundOpening of(
            RoundId round, RebuildSpec spec, Policy policy, List<BuilderId> builders, Instant opened) {
        return new RoundOpening(round, spec, spec.digest(), policy, builders, opened);
    }

    /** Reads what a coordinator's key has signed; the spec's digest is computed, not believed. */
    public static RoundOpening parse(VerifiedPayload payload) throws MalformedException {
        String input = "round opening";
        Statement statement = Statement.parse(payload, input);
        Fields fields = statement.predicate(TYPE, input);
        RebuildSpec spec = fields.object("spec", RebuildSpec::read);
        if (!spec.isLocked()) {
            throw fields.wrong("spec", "must be locked");
        }
        // A locator has many spellings and one digest here; a verifier that hashes what it reads must get the same.
        if (!spec.json().equals(fields.object("spec").json())) {
            throw fields.wrong("spec", "must be written in the form that its digest is made of");
        }
        List<BuilderId> builders = fields.strings("builders", MOST_BUILDERS, BuilderId::parse);
        if (builders.stream().distinct().count() != builders.size()) {
            throw fields.wrong("builders", "names a builder twice");
        }
        RoundOpening opening = of(
                fields.string("round", RoundId::parse),
                spec,
                fields.object("policy", Policy::read),
                builders,
                fields.string("opened", Instants::parse));
        if (!opening.subjects().equals(statement.subjects())) {
            throw new MalformedException(input, "is about another spec than the one inside");
        }
        return opening;
    }

    /** The statement to sign. */
    public Statement statement() {
        Json.Obj predicate = Json.object()
                .put("round", round.text())
                .put("spec", spec.json())
                .put("policy", policy.json())
                .put(
                        "builders",
                        Json.strings(builders.stream().map(BuilderId::text).toList()))
                .put("opened", opened.toString())
                .build();
        return new Statement(subjects(), TYPE, predicate);
    }

    private List<Subject> subjects() {
        return List.of(new Subject("spec", digest.sha256()));
    }
}
