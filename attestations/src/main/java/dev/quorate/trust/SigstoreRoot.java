package dev.quorate.trust;

import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.util.Arrays;

/**
 * A Sigstore {@code trusted_root.json}, public-good or private, as its bytes: the certificate authorities and logs that
 * keyless identities are judged under. Root key holders sign these bytes, so that nothing is ever fetched.
 */
public final class SigstoreRoot {
    /** Longest document accepted, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.trustedroot";

    private final String name;
    private final byte[] document;

    /**
     * Keeps a document by a name.
     *
     * @throws IllegalArgumentException for a name that is none, or a document that is no trusted root in JSON
     */
    public SigstoreRoot(String name, byte[] document) {
        this.name = Principal.name(name);
        this.document = checked(document).clone();
    }

    static SigstoreRoot read(Fields fields) throws MalformedException {
        String name = fields.string("name", Principal::name);
        byte[] document = fields.string("document", text -> checked(Base64Text.decode(text)));
        fields.end();
        return new SigstoreRoot(name, document);
    }

    Json.Obj json() {
        return Json.object()
                .put("name", name)
                .put("document", Base64Text.encode(document))
                .build();
    }

    private static byte[] checked(byte[] document) {
        try {
            Fields fields = Fields.of(JsonReader.read(document, MAX_BYTES, "document"), "document");
            if (fields.string("mediaType").startsWith(MEDIA_TYPE)) {
                return document;
            }
        } catch (MalformedException e) {
            throw new IllegalArgumentException("must be a Sigstore trusted root: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("must be a Sigstore trusted root: its mediaType begins with " + MEDIA_TYPE);
    }

    /** What identities call it. */
    public String name() {
        return name;
    }

    /** The document, a copy. */
    public byte[] document() {
        return document.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigstoreRoot that && name.equals(that.name) && Arrays.equals(document, that.document);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(document);
    }

    @Override
    public String toString() {
        return name;
    }
}
