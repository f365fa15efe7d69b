package dev.quorate.trust;

import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A trust root and the signatures that came with it, none of which anybody has checked yet.
 *
 * @param signatures DER signatures by the base64 SHA-256 of the signing key's SPKI
 */
public record SignedTrust(TrustRoot trust, Map<String, byte[]> signatures) {
    /** Longest file accepted, in bytes. */
    public static final int MAX_BYTES = 8 << 20;

    private static final int MOST_SIGNATURES = 200;

    public SignedTrust {
        signatures = Map.copyOf(signatures);
    }

    /** Reads {@code trust.json}. */
    public static SignedTrust parse(byte[] json, String fileName) throws MalformedException {
        return read(Fields.of(JsonReader.read(json, MAX_BYTES, fileName), fileName));
    }

    /** Reads the same where it is a value. */
    public static SignedTrust read(Fields fields) throws MalformedException {
        TrustRoot trust = fields.object("trust", TrustRoot::read);
        Map<String, byte[]> signatures = new TreeMap<>();
        fields.objects("signatures", MOST_SIGNATURES, signature -> {
            byte[] previous = signatures.put(signature.string("key"), signature.string("sig", Base64Text::decode));
            signature.end();
            if (previous != null) {
                throw signature.wrong("key", "has signed twice; remove one signature");
            }
            return signature;
        });
        fields.end();
        return new SignedTrust(trust, signatures);
    }

    /** A trust root that nobody has signed. */
    public static SignedTrust unsigned(TrustRoot trust) {
        return new SignedTrust(trust, Map.of());
    }

    /** The same with one more signature. */
    public SignedTrust sign(Signer signer) throws GeneralSecurityException {
        Map<String, byte[]> more = new TreeMap<>(signatures);
        more.put(
                signer.publicKey().hint(),
                signer.sign(Envelope.pae(trust.statement().bytes())));
        return new SignedTrust(trust, more);
    }

    /** The trust root, if its own root keys stand behind it. */
    public Optional<TrustRoot> verifyAlone() {
        return isSignedBy(trust.root()) ? Optional.of(trust) : Optional.empty();
    }

    /** The trust root, if it follows the given one: the next version, signed by that one's root keys and by its own. */
    public Optional<TrustRoot> verifyAfter(TrustRoot previous) {
        boolean next = trust.version() == previous.version() + 1;
        return next && isSignedBy(previous.root()) ? verifyAlone() : Optional.empty();
    }

    private boolean isSignedBy(RootKeys root) {
        byte[] pae = Envelope.pae(trust.statement().bytes());
        long valid = root.keys().stream()
                .map(RootKey::key)
                .distinct()
                .filter(key -> verifies(key, pae))
                .count();
        return valid >= root.threshold();
    }

    private boolean verifies(P256Key key, byte[] pae) {
        byte[] signature = signatures.get(key.hint());
        return signature != null && key.verifies(pae, signature);
    }

    /** The file's content, in canonical JSON. */
    public byte[] bytes() {
        List<Json.Obj> list = new TreeMap<>(signatures)
                .entrySet().stream()
                        .map(entry -> Json.object()
                                .put("key", entry.getKey())
                                .put("sig", Base64Text.encode(entry.getValue()))
                                .build())
                        .toList();
        Json.Obj file = Json.object()
                .put("trust", trust.json())
                .put("signatures", Json.arr(list))
                .build();
        return CanonicalJson.bytes(file);
    }
}
