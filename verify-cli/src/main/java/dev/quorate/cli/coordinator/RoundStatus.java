package dev.quorate.cli.coordinator;

import dev.quorate.cli.HostWords;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * How far a round is, in the coordinator's words; none of it is verified.
 *
 * @param json the whole object
 * @param state {@code DISPATCHED}, {@code COMMITTING}, {@code REVEALING}, {@code TALLIED} or {@code LOGGED}
 * @param verdict {@code PENDING} until it is tallied
 * @param withdrawn why a certificate that there was no longer counts; empty if none was taken away
 * @param regression a sentence about the certified versions before this one; empty if there is nothing to say
 */
public record RoundStatus(
        Json.Obj json,
        String round,
        String release,
        String platform,
        String state,
        String verdict,
        String reason,
        long required,
        long reached,
        List<BuilderStatus> builders,
        List<Claim> claims,
        String withdrawn,
        String regression) {
    private static final int MOST = 1000;

    /** One builder of the round. */
    public record BuilderStatus(
            String builder,
            String operator,
            String zone,
            String cpuVendor,
            String host,
            String state,
            String outcome,
            String outputs,
            String reason) {}

    /** A digest that the maintainer published. */
    public record Claim(String name, String sha256, String matches) {}

    static RoundStatus read(Fields fields) throws MalformedException {
        Fields threshold = fields.object("threshold");
        return new RoundStatus(
                fields.json(),
                fields.string("round"),
                fields.string("release"),
                text(fields, "platform"),
                fields.string("state"),
                fields.string("verdict"),
                text(fields, "reason"),
                threshold.integer("required", 0, MOST),
                threshold.integer("reached", 0, MOST),
                fields.objects("builders", MOST, RoundStatus::builder),
                fields.has("claims") ? fields.objects("claims", MOST, RoundStatus::claim) : List.of(),
                withdrawn(fields),
                fields.has("regression") && fields.value("regression") instanceof Json.Obj
                        ? text(fields.object("regression"), "text")
                        : "");
    }

    private static BuilderStatus builder(Fields fields) throws MalformedException {
        return new BuilderStatus(
                fields.string("builder"),
                text(fields, "operator"),
                text(fields, "zone"),
                text(fields, "cpuVendor"),
                host(fields),
                fields.string("state"),
                text(fields, "outcome"),
                text(fields, "outputs"),
                text(fields, "reason"));
    }

    private static String withdrawn(Fields fields) throws MalformedException {
        if (!fields.has("withdrawn") || !(fields.value("withdrawn") instanceof Json.Obj)) {
            return "";
        }
        Fields review = fields.object("withdrawn");
        return text(review, "reason") + " (version " + review.integer("trust", 1, Integer.MAX_VALUE)
                + " of the trust root, taken at " + text(review, "at") + ")";
    }

    private static String host(Fields fields) throws MalformedException {
        boolean attested = fields.has("host") && fields.value("host") instanceof Json.Obj;
        return HostWords.of(
                text(fields, "assurance"), attested ? fields.object("host").string("profile") : "");
    }

    private static Claim claim(Fields fields) throws MalformedException {
        String matches = switch (fields.has("matches") ? fields.value("matches") : new Json.Null()) {
            case Json.Bool(boolean same) -> same ? "matches" : "DIFFERS";
            case Json.Str(String word) -> word;
            default -> "not known yet";
        };
        return new Claim(fields.string("name"), fields.string("sha256"), matches);
    }

    /** What is absent or null is empty. */
    private static String text(Fields fields, String name) throws MalformedException {
        return fields.has(name) && fields.value(name) instanceof Json.Str(String value) ? value : "";
    }

    /** Whether nothing will change any more. */
    public boolean isFinal() {
        return state.equals("LOGGED");
    }
}
