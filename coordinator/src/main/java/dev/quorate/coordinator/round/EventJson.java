package dev.quorate.coordinator.round;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Instants;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.Verdict;
import java.time.Duration;
import java.time.Instant;

/** The stored form of events. */
public final class EventJson {
    private static final int MOST_BUILDERS = 1000;

    private EventJson() {}

    /**
     * Writes one event.
     *
     * @throws IllegalArgumentException for a heartbeat, which is not stored
     */
    public static String write(RoundEvent event) {
        Json.Builder out = Json.object();
        switch (event) {
            case RoundEvent.Opened e -> terms(out.put("event", "opened").put("filed", filed(e.filed())), e.terms());
            case RoundEvent.Leased e ->
                out.put("event", "leased").put("builder", e.builder().text());
            case RoundEvent.Returned e -> holder(out.put("event", "returned"), e.builder(), e.token());
            case RoundEvent.Attested e ->
                holder(
                        out.put("event", "attested")
                                .put("key", e.key().toString())
                                .put("standing", e.standing().name())
                                .put("filed", filed(e.filed())),
                        e.builder(),
                        e.token());
            case RoundEvent.Committed e ->
                holder(out.put("event", "committed").put("filed", filed(e.filed())), e.builder(), e.token());
            case RoundEvent.Proven e ->
                holder(
                        out.put("event", "proven")
                                .put("finality", e.finality().name())
                                .put("filed", filed(e.filed())),
                        e.builder(),
                        e.token());
            case RoundEvent.Passed ignored -> out.put("event", "passed");
            case RoundEvent.Counted e ->
                out.put("event", "counted").put("verdict", e.verdict().name()).put("reason", e.reason());
            case RoundEvent.Certified e -> out.put("event", "certified").put("filed", filed(e.filed()));
            case RoundEvent.Barred e ->
                out.put("event", "barred")
                        .put("builder", e.builder().text())
                        .put("reason", e.why().reason())
                        .putIfPresent("notice", e.why().notice().map(digest -> Json.str(digest.hex())))
                        .put("outlook", e.outlook().name());
            case RoundEvent.Reviewed e ->
                out.put("event", "reviewed")
                        .put("trust", e.trust())
                        .put("standing", e.standing().name())
                        .put("verdict", e.after().name())
                        .put("reason", e.reason())
                        .put("filed", filed(e.outcome()));
            case RoundEvent.Heartbeat ignored -> throw new IllegalArgumentException("heartbeats are not stored");
        }
        return CanonicalJson.write(out.put("at", event.at().toString()).build());
    }

    /** Reads one event. */
    public static RoundEvent read(String json) throws MalformedException {
        Fields in = Fields.of(JsonReader.read(json, "stored event"), "stored event");
        Instant at = in.string("at", Instants::parse);
        RoundEvent event = switch (in.string("event")) {
            case "opened" -> new RoundEvent.Opened(at, terms(in), in.object("filed", EventJson::filed));
            case "leased" -> new RoundEvent.Leased(at, builder(in));
            case "returned" -> new RoundEvent.Returned(at, builder(in), token(in));
            case "attested" ->
                new RoundEvent.Attested(
                        at,
                        builder(in),
                        token(in),
                        in.string("key", P256Key::parse),
                        in.word("standing", Attestation.Standing.class),
                        in.object("filed", EventJson::filed));
            case "committed" ->
                new RoundEvent.Committed(at, builder(in), token(in), in.object("filed", EventJson::filed));
            case "proven" ->
                new RoundEvent.Proven(
                        at,
                        builder(in),
                        token(in),
                        in.word("finality", Finality.class),
                        in.object("filed", EventJson::filed));
            case "passed" -> new RoundEvent.Passed(at);
            case "counted" -> new RoundEvent.Counted(at, in.word("verdict", Verdict.class), in.string("reason"));
            case "certified" -> new RoundEvent.Certified(at, in.object("filed", EventJson::filed));
            case "barred" ->
                new RoundEvent.Barred(
                        at,
                        builder(in),
                        new TakenOff(in.string("reason"), in.optional("notice", Sha256::parse)),
                        in.word("outlook", Outlook.class));
            case "reviewed" ->
                new RoundEvent.Reviewed(
                        at,
                        (int) in.integer("trust", 1, Integer.MAX_VALUE),
                        in.word("standing", Finding.class),
                        in.word("verdict", Verdict.class),
                        in.string("reason"),
                        in.object("filed", EventJson::filed));
            default -> throw in.wrong("event", "is not known; was the data written by a later version?");
        };
        in.end();
        return event;
    }

    private static void holder(Json.Builder out, BuilderId builder, LeaseToken token) {
        out.put("builder", builder.text()).put("token", token.number());
    }

    private static BuilderId builder(Fields in) throws MalformedException {
        return in.string("builder", BuilderId::parse);
    }

    private static LeaseToken token(Fields in) throws MalformedException {
        return new LeaseToken(in.integer("token", 0, Json.MAX_INTEGER));
    }

    private static Json.Obj filed(Filed filed) {
        return Json.object()
                .put("envelope", filed.envelope().hex())
                .put("index", filed.index())
                .build();
    }

    private static Filed filed(Fields in) throws MalformedException {
        var filed = new Filed(in.string("envelope", Sha256::parse), in.integer("index", 0, Json.MAX_INTEGER));
        in.end();
        return filed;
    }

    private static void terms(Json.Builder out, Terms terms) {
        out.put("round", terms.round().text())
                .put("spec", terms.spec().toString())
                .put(
                        "builders",
                        Json.strings(
                                terms.builders().stream().map(BuilderId::text).toList()))
                .put("threshold", terms.threshold())
                .put("lease", terms.lease().toSeconds())
                .put("commitWithin", terms.commitWithin().toSeconds())
                .put("revealWithin", terms.revealWithin().toSeconds());
    }

    private static Terms terms(Fields in) throws MalformedException {
        return new Terms(
                in.string("round", RoundId::parse),
                in.string("spec", SpecDigest::parse),
                in.strings("builders", MOST_BUILDERS, BuilderId::parse),
                (int) in.integer("threshold", 1, MOST_BUILDERS),
                seconds(in, "lease"),
                seconds(in, "commitWithin"),
                seconds(in, "revealWithin"));
    }

    private static Duration seconds(Fields in, String name) throws MalformedException {
        return Duration.ofSeconds(in.integer(name, 1, Integer.MAX_VALUE));
    }
}
