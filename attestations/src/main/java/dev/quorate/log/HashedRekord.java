package dev.quorate.log;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.util.Arrays;
import java.util.Optional;

/** The leaf that Sigstore clients expect for an envelope: Rekor v2 {@code hashedrekord} 0.0.2 as canonical JSON. */
public final class HashedRekord {
    /** {@code kindVersion.kind} of such an entry. */
    public static final String KIND = "hashedrekord";

    /** {@code kindVersion.version} of such an entry. */
    public static final String VERSION = "0.0.2";

    private static final int LONGEST = EntryBundle.MAX_ENTRY_BYTES;

    private HashedRekord() {}

    /** The SubjectPublicKeyInfo that a leaf names, if it has the form of one; that it signed anything is not said. */
    public static Optional<byte[]> spki(byte[] leaf) {
        try {
            Fields verifier = Fields.of(JsonReader.read(leaf, LONGEST, KIND), KIND)
                    .object("spec")
                    .object("hashedRekordV002")
                    .object("signature")
                    .object("verifier");
            return Optional.of(verifier.object("publicKey").string("rawBytes", StrictBase64::decode));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /**
     * What a leaf says. Nothing in it is verified but its form.
     *
     * @param signed SHA-256 over the DSSE pre-authentication encoding
     * @param signature DER
     */
    public record Entry(Sha256 signed, byte[] signature, P256Key key) {
        public Entry {
            signature = signature.clone();
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        /** Whether the signature is the key's over what was signed. */
        public boolean isGood() {
            return key.verifiesDigest(signed, signature);
        }
    }

    /** Reads a leaf; nothing, if it is not one as {@link #leaf} writes it. */
    public static Optional<Entry> read(byte[] leaf) {
        try {
            Fields body = Fields.of(JsonReader.read(leaf, LONGEST, KIND), KIND)
                    .object("spec")
                    .object("hashedRekordV002");
            Fields signature = body.object("signature");
            var entry = new Entry(
                    body.object("data").string("digest", StrictBase64::decodeHash),
                    signature.string("content", StrictBase64::decode),
                    signature.object("verifier").object("publicKey").string("rawBytes", P256Key::parse));
            byte[] again = leaf(entry.signed(), entry.signature(), entry.key().spki());
            return Arrays.equals(again, leaf) ? Optional.of(entry) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /**
     * The leaf for one signature by an ECDSA P-256 key.
     *
     * @param signed SHA-256 over the DSSE pre-authentication encoding
     * @param signature DER
     * @param spki SubjectPublicKeyInfo of the signer, DER
     */
    public static byte[] leaf(Sha256 signed, byte[] signature, byte[] spki) {
        Json.Obj verifier = Json.object()
                .put("keyDetails", "PKIX_ECDSA_P256_SHA_256")
                .put(
                        "publicKey",
                        Json.object().put("rawBytes", StrictBase64.encode(spki)).build())
                .build();
        Json.Obj body = Json.object()
                .put(
                        "data",
                        Json.object()
                                .put("algorithm", "SHA2_256")
                                .put("digest", StrictBase64.encode(signed))
                                .build())
                .put(
                        "signature",
                        Json.object()
                                .put("content", StrictBase64.encode(signature))
                                .put("verifier", verifier)
                                .build())
                .build();
        return CanonicalJson.bytes(Json.object()
                .put("apiVersion", VERSION)
                .put("kind", KIND)
                .put("spec", Json.object().put("hashedRekordV002", body).build())
                .build());
    }
}
