package dev.quorate.round;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RebuildSpec;
import java.util.List;

/**
 * A maintainer's wish to have a release certified.
 *
 * @param claims digests of the files that the maintainer publishes; builders never see them
 */
public record Submission(RebuildSpec spec, List<Subject> claims) {
    /** Predicate type. */
    public static final String TYPE = "https://quorate.dev/submission/v1";

    private static final int MOST_CLAIMS = 1000;

    public Submission {
        claims = List.copyOf(claims);
    }

    /** Reads what a maintainer's key has signed. */
    public static Submission parse(VerifiedPayload payload) throws MalformedException {
        String input = "submission";
        Statement statement = Statement.parse(payload, input);
        Fields fields = statement.predicate(TYPE, input);
        RebuildSpec spec = fields.object("spec", RebuildSpec::read);
        if (!spec.isLocked()) {
            throw fields.wrong("spec", "must be locked; run quorate spec lock first");
        }
        var submission = new Submission(spec, fields.objects("claims", MOST_CLAIMS, Submission::claim));
        fields.end();
        if (!submission.subjects().equals(statement.subjects())) {
            throw new MalformedException(input, "is about another spec than the one inside");
        }
        return submission;
    }

    /** The statement to sign. */
    public Statement statement() {
        List<Json.Obj> list = claims.stream()
                .map(claim -> Json.object()
                        .put("name", claim.name())
                        .put("sha256", claim.sha256().hex())
                        .build())
                .toList();
        Json.Obj predicate = Json.object()
                .put("spec", spec.json())
                .put("claims", Json.arr(list))
                .build();
        return new Statement(subjects(), TYPE, predicate);
    }

    private List<Subject> subjects() {
        return List.of(new Subject("spec", spec.digest().sha256()));
    }

    private static Subject claim(Fields fields) throws MalformedException {
        var claim = new Subject(fields.string("name"), fields.string("sha256", Sha256::parse));
        fields.end();
        return claim;
    }
}
