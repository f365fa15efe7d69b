package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostKind;
import java.util.List;

/**
 * A key's word on the machine that it lives on, written as a SCAI v0.3 attribute report. Nothing in it is judged.
 *
 * @param builder for whom the key means to speak
 * @param key the key, which also signs this
 */
public record HostEvidence(BuilderId builder, Occasion occasion, P256Key key, HostReport report) {
    /** Predicate type. */
    public static final String TYPE = "https://in-toto.io/attestation/scai/v0.3";

    private static final String INPUT = "host evidence";
    private static final String ATTRIBUTE = "QUORATE_HOST_";
    private static final String BUILDERS = "https://quorate.dev/builder/";
    private static final int LONGEST_CONTENT = 6 << 20;

    /**
     * What a quote's qualifying data must be: SHA-256 over the canonical JSON
     * of {@code {"type":"quorate/host/v1","builder",…the occasion…,"key"}}.
     */
    public Sha256 binding() {
        return binding(builder, occasion, key);
    }

    /** The binding of evidence that is yet to be made. */
    public static Sha256 binding(BuilderId builder, Occasion occasion, P256Key key) {
        Json.Builder json = Json.object().put("type", "quorate/host/v1");
        write(json, builder, occasion, key);
        return CanonicalJson.digest(json.build());
    }

    private static void write(Json.Builder json, BuilderId builder, Occasion occasion, P256Key key) {
        json.put("builder", builder.text());
        occasion.write(json);
        json.put("key", key.toString());
    }

    /** The statement to sign, with {@link #key}. */
    public Statement statement() {
        Json.Builder conditions = Json.object();
        write(conditions, builder, occasion, key);
        Json.Obj attribute = Json.object()
                .put("attribute", attribute(report.kind()))
                .put("conditions", conditions.build())
                .put(
                        "evidence",
                        Json.object()
                                .put("name", report.kind().word())
                                .put("mediaType", mediaType(report.kind()))
                                .put("content", Base64Text.encode(CanonicalJson.bytes(report.json())))
                                .build())
                .build();
        Json.Obj predicate = Json.object()
                .put("attributes", Json.arr(List.of(attribute)))
                .put("producer", Json.object().put("uri", BUILDERS + builder).build())
                .build();
        return new Statement(List.of(subject(key)), TYPE, predicate);
    }

    /** Reads what a key has signed. */
    public static HostEvidence parse(VerifiedPayload payload) throws MalformedException {
        return read(Statement.parse(payload, INPUT));
    }

    /** Reads a statement. */
    static HostEvidence read(Statement statement) throws MalformedException {
        Fields predicate = statement.predicate(TYPE, INPUT);
        List<HostEvidence> all = predicate.objects("attributes", 1, HostEvidence::readAttribute);
        if (all.size() != 1) {
            throw predicate.wrong("attributes", "must hold exactly one attribute");
        }
        HostEvidence evidence = all.getFirst();
        predicate.object("producer").literal("uri", BUILDERS + evidence.builder());
        if (!statement.subjects().equals(List.of(subject(evidence.key())))) {
            throw new MalformedException(INPUT, "is about something else than its key");
        }
        return evidence;
    }

    private static HostEvidence readAttribute(Fields attribute) throws MalformedException {
        Fields source = attribute.object("evidence");
        HostKind kind = source.string("name", HostKind::parse);
        attribute.literal("attribute", attribute(kind));
        source.literal("mediaType", mediaType(kind));
        byte[] content = source.string("content", Base64Text::decode);
        HostReport report = HostReport.read(kind, Fields.of(JsonReader.read(content, LONGEST_CONTENT, INPUT), INPUT));
        Fields conditions = attribute.object("conditions");
        var evidence = new HostEvidence(
                conditions.string("builder", BuilderId::parse),
                Occasion.read(conditions),
                conditions.string("key", P256Key::parse),
                report);
        conditions.end();
        // The quote is over one spelling of these.
        Json.Builder spelt = Json.object();
        write(spelt, evidence.builder(), evidence.occasion(), evidence.key());
        if (!spelt.build().equals(conditions.json())) {
            throw attribute.wrong("conditions", "must be spelt as they are hashed");
        }
        return evidence;
    }

    private static Subject subject(P256Key key) {
        return new Subject("key", key.id());
    }

    private static String attribute(HostKind kind) {
        return ATTRIBUTE + kind.name();
    }

    private static String mediaType(HostKind kind) {
        return "application/vnd.quorate.host." + kind.word() + "+json";
    }
}
