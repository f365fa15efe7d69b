package dev.quorate.trust;

import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody without a key of its own, as a certificate authority like Fulcio names it in certificates of minutes, and
 * when what it signed counts.
 *
 * @param issuer who told the authority, as its certificates hold it in the extension 1.3.6.1.4.1.57264.1.8
 * @param subject the certificate's one subject alternative name, a URI or an e-mail address
 * @param root name of the {@link SigstoreRoot} that its bundles are judged under
 * @param from first instant
 * @param until first instant at which it no longer counts, if that is known
 */
public record Identity(String issuer, String subject, String root, Instant from, Optional<Instant> until) {
    private static final String LIST = "identities";
    private static final int LONGEST = 1024;

    /**
     * Keeps texts that a certificate can hold.
     *
     * @throws IllegalArgumentException for others
     */
    public Identity {
        text(issuer);
        text(subject);
        Principal.name(root);
    }

    private static Identity read(Fields fields) throws MalformedException {
        var identity = new Identity(
                fields.string("issuer", Identity::text),
                fields.string("subject", Identity::text),
                fields.string("root", Principal::name),
                fields.string("from", Instants::parse),
                fields.optional("until", Instants::parse));
        fields.end();
        return identity;
    }

    /** The identities in an object that may have none. */
    static List<Identity> list(Fields fields) throws MalformedException {
        return fields.has(LIST) ? fields.objects(LIST, Principal.MOST_KEYS, Identity::read) : List.of();
    }

    /** An old trust root has none, and its signatures must go on to hold. */
    static void write(List<Identity> identities, Json.Builder json) {
        if (!identities.isEmpty()) {
            json.put(LIST, Json.arr(identities.stream().map(Identity::json).toList()));
        }
    }

    Json.Obj json() {
        return Json.object()
                .put("issuer", issuer)
                .put("subject", subject)
                .put("root", root)
                .put("from", from.toString())
                .putIfPresent("until", until.map(time -> Json.str(time.toString())))
                .build();
    }

    /** Whether something signed at that time counts. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(from) && until.map(time::isBefore).orElse(true);
    }

    /** Whether both stand for the same person under the same root, whenever they count. */
    public boolean isSameAs(Identity other) {
        return issuer.equals(other.issuer) && subject.equals(other.subject) && root.equals(other.root);
    }

    private static String text(String text) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (text.isEmpty() || text.length() > LONGEST || !plain) {
            throw new IllegalArgumentException("must be 1 to " + LONGEST + " ASCII characters without white space");
        }
        return text;
    }
}
