package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that no longer counts.
 *
 * @param id for a key SHA-256 of its SPKI in hex; for a builder its name; for a certificate its digest in hex;
 *     for a host its identity in hex
 * @param since what was logged at or after this instant does not count
 */
public record Revocation(Kind kind, String id, Instant since, String reason) {
    private static final int LONGEST_REASON = 500;

    /** What is revoked. */
    public enum Kind {
        /** One key of a builder, certifier or maintainer. */
        KEY,
        /** A builder with all its keys. */
        BUILDER,
        /** One certificate. */
        CERTIFICATE,
        /** One machine, whoever speaks from it. */
        HOST
    }

    static Revocation read(Fields fields) throws MalformedException {
        Kind kind = fields.string("kind", Revocation::kind);
        var revocation = new Revocation(
                kind,
                fields.string("id", id -> id(kind, id)),
                fields.string("since", Instants::parse),
                fields.string("reason", Revocation::bounded));
        fields.end();
        return revocation;
    }

    /** As it stands in the trust root. */
    public Json.Obj json() {
        return Json.object()
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("id", id)
                .put("since", since.toString())
                .put("reason", reason)
                .build();
    }

    /** A misspelt id would revoke nothing and look as if it had. */
    private static String id(Kind kind, String text) {
        return switch (kind) {
            case KEY, CERTIFICATE, HOST -> Sha256.parse(text).hex();
            case BUILDER -> BuilderId.parse(text).text();
        };
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "key" -> Kind.KEY;
            case "builder" -> Kind.BUILDER;
            case "certificate" -> Kind.CERTIFICATE;
            case "host" -> Kind.HOST;
            default -> throw new IllegalArgumentException("must be key, builder, certificate or host");
        };
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("must be at most " + LONGEST_REASON + " characters");
        }
        return text;
    }
}
