package dev.quorate.export;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Json;
import dev.quorate.log.Ed25519PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The public half of an Ed25519 key that signs links and layouts, in the forms in which their readers want it. */
public record LinkKey(Ed25519PublicKey key) {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NULL_PARAMETER_PREFIX = HEX.parseHex("302c300706032b65700500032100");

    /**
     * Reads base64 of an RFC 8410 SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static LinkKey parse(String base64) {
        return new LinkKey(Ed25519PublicKey.ofSpki(Base64Text.decode(base64)));
    }

    /** Base64 of the SubjectPublicKeyInfo, as a trust root has it. */
    public String text() {
        return Base64Text.encode(key.spki());
    }

    /** The key as securesystemslib describes it; the file that {@code in-toto-verify -k} reads. */
    public Json.Obj description() {
        return Json.object()
                .put("keyid_hash_algorithms", Json.strings(List.of("sha256", "sha512")))
                .put("keytype", "ed25519")
                .put(
                        "keyval",
                        Json.object().put("public", HEX.formatHex(key.raw())).build())
                .put("scheme", "ed25519")
                .build();
    }

    /** SHA-256 of the description's canonical JSON, in hex. */
    public String id() {
        return Sha256.of(OlpcJson.bytes(description())).hex();
    }

    /** The description as a layout lists it. */
    Json.Obj listed() {
        Json.Builder listed = Json.object();
        description().members().forEach(listed::put);
        return listed.put("keyid", id()).build();
    }

    /** RFC 8410's PEM. */
    public String pem() {
        return pem(key.spki());
    }

    /**
     * PEM with a NULL parameter after the algorithm, which RFC 8410 forbids. repro-threshold 0.1.2 counts only keys in
     * this form, since the library that it links takes the key's id over it.
     */
    public String pemWithNull() {
        byte[] raw = key.raw();
        var spki = new byte[NULL_PARAMETER_PREFIX.length + raw.length];
        System.arraycopy(NULL_PARAMETER_PREFIX, 0, spki, 0, NULL_PARAMETER_PREFIX.length);
        System.arraycopy(raw, 0, spki, NULL_PARAMETER_PREFIX.length, raw.length);
        return pem(spki);
    }

    /** A signature as links and layouts hold it. */
    Json.Obj signature(byte[] signature) {
        return Json.object()
                .put("keyid", id())
                .put("sig", HEX.formatHex(signature))
                .build();
    }

    private static String pem(byte[] spki) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(spki)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
