package dev.quorate.intoto;

import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An in-toto statement.
 *
 * @param predicateType what kind of claim it is
 * @param predicate the claim
 */
public record Statement(List<Subject> subjects, String predicateType, Json.Obj predicate) {
    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final int MOST_SUBJECTS = 10_000;

    public Statement {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a statement has at least one subject");
        }
    }

    /** Reads what a key has signed. */
    public static Statement parse(VerifiedPayload payload, String input) throws MalformedException {
        byte[] bytes = payload.bytes();
        Fields fields = Fields.of(JsonReader.read(bytes, bytes.length, input), input);
        fields.literal("_type", TYPE);
        List<Subject> subjects = fields.objects("subject", MOST_SUBJECTS, Subject::read);
        if (subjects.isEmpty()) {
            throw fields.wrong("subject", "must name at least one subject");
        }
        return new Statement(
                subjects,
                fields.string("predicateType"),
                fields.object("predicate").json());
    }

    /** Reads the predicate, which must be of the given type. */
    public Fields predicate(String type, String input) throws MalformedException {
        if (!predicateType.equals(type)) {
            throw new MalformedException(input, "must be a statement of type " + type);
        }
        return Fields.of(predicate, input);
    }

    /** The bytes to sign: ASCII only. */
    public byte[] bytes() {
        Json.Obj object = Json.object()
                .put("_type", TYPE)
                .put("subject", Json.arr(subjects.stream().map(Subject::json).toList()))
                .put("predicateType", predicateType)
                .put("predicate", predicate)
                .build();
        return escapeBeyondAscii(CanonicalJson.write(object)).getBytes(StandardCharsets.US_ASCII);
    }

    private static String escapeBeyondAscii(String json) {
        var out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
            }
        }
        return out.toString();
    }
}
