package dev.quorate.round;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.SpecDigest;
import java.util.List;

/**
 * A builder's binding word on its result, which tells nobody what the result is.
 *
 * @param hidden SHA-256 over the canonical JSON
 *     {@code {"type":"quorate/commit/v1","spec","round","builder","nonce","outputs"}}
 */
public record Commitment(SpecDigest spec, RoundId round, BuilderId builder, Sha256 hidden) {
    /** Predicate type. */
    public static final String TYPE = "https://quorate.dev/commitment/v1";

    /**
     * Commits to a result.
     *
     * @param result digest of the output set, or of the failure
     */
    public static Commitment to(SpecDigest spec, RoundId round, BuilderId builder, Nonce nonce, Sha256 result) {
        Json.Obj opening = Json.object()
                .put("type", "quorate/commit/v1")
                .put("spec", spec.toString())
                .put("round", round.text())
                .put("builder", builder.text())
                .put("nonce", nonce.base64())
                .put("outputs", result.hex())
                .build();
        return new Commitment(spec, round, builder, CanonicalJson.digest(opening));
    }

    /** Whether this is the commitment to that result under that nonce. */
    public boolean opensTo(Nonce nonce, Sha256 result) {
        return equals(to(spec, round, builder, nonce, result));
    }

    /** Reads what a builder's key has signed. */
    public static Commitment parse(VerifiedPayload payload) throws MalformedException {
        Statement statement = Statement.parse(payload, "commitment");
        Fields fields = statement.predicate(TYPE, "commitment");
        var commitment = new Commitment(
                new SpecDigest(statement.subjects().getFirst().sha256()),
                fields.string("round", RoundId::parse),
                fields.string("builder", BuilderId::parse),
                fields.string("commitment", Sha256::parse));
        if (!commitment.subjects().equals(statement.subjects())) {
            throw new MalformedException("commitment", "must have one subject, named spec");
        }
        return commitment;
    }

    /** The statement to sign. */
    public Statement statement() {
        Json.Obj predicate = Json.object()
                .put("round", round.text())
                .put("builder", builder.text())
                .put("commitment", hidden.hex())
                .build();
        return new Statement(subjects(), TYPE, predicate);
    }

    private List<Subject> subjects() {
        return List.of(new Subject("spec", spec.sha256()));
    }
}
