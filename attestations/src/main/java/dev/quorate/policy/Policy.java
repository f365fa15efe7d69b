package dev.quorate.policy;

import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import dev.quorate.quantity.Span;
import java.util.Optional;

/**
 * When votes make a quorum.
 *
 * @param threshold agreeing operators, at least 2
 * @param hosts least assurance of a counted vote
 * @param witnesses least number of cosignatures on the log's checkpoint
 * @param freshness oldest acceptable certificate
 */
public record Policy(
        int threshold, Distinct distinct, Assurance hosts, Dissent dissent, int witnesses, Span freshness) {
    static final int MOST = 1000;
    private static final int MAX_BYTES = 64 * 1024;

    public Policy {
        if (threshold < 2) {
            throw new IllegalArgumentException("a reproduction needs at least two operators");
        }
    }

    /** Reads a policy file, YAML or JSON. */
    public static Policy parse(byte[] text, String fileName) throws MalformedException {
        return read(YamlReader.read(text, MAX_BYTES, fileName));
    }

    /** Reads a policy out of a document. */
    public static Policy read(Fields fields) throws MalformedException {
        var policy = new Policy(
                (int) fields.integer("threshold", 2, MOST),
                distinct(fields),
                fields.string("hosts", Assurance::parse),
                fields.string("dissent", Dissent::parse),
                (int) fields.integer("witnesses", 0, MOST),
                fields.string("freshness", Span::parse));
        fields.end();
        return policy;
    }

    private static Distinct distinct(Fields fields) throws MalformedException {
        Optional<Distinct> distinct = fields.optionalObject("distinct", Distinct::read);
        return distinct.orElse(Distinct.ANY);
    }

    /** The policy as a value, every name written. */
    public Json.Obj json() {
        return Json.object()
                .put("threshold", threshold)
                .put("distinct", distinct.json())
                .put("hosts", hosts.word())
                .put("dissent", dissent.word())
                .put("witnesses", witnesses)
                .put("freshness", freshness.toString())
                .build();
    }

    /** SHA-256 over the canonical JSON of {@link #json}. */
    public Sha256 digest() {
        return CanonicalJson.digest(json());
    }
}
