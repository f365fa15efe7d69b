package dev.quorate.export;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Json;
import dev.quorate.log.Ed25519PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Who signs links and layouts, by their Ed25519 key. */
public final class Functionary {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NULL_PARAMETER_PREFIX = HEX.parseHex("302c300706032b65700500032100");

    private final PrivateKey secret;
    private final Ed25519PublicKey key;

    /**
     * Uses a key pair.
     *
     * @throws IllegalArgumentException unless it is an Ed25519 key pair whose halves belong together
     */
    public Functionary(KeyPair pair) {
        secret = pair.getPrivate();
        key = Ed25519PublicKey.of(pair.getPublic());
        byte[] probe = {1};
        if (!key.verifies(probe, signature(probe))) {
            throw new IllegalArgumentException("the private key has another public key");
        }
    }

    /** The key as securesystemslib describes it; the file that {@code in-toto-verify -k} reads. */
    Json.Obj description() {
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
    String keyId() {
        return Sha256.of(OlpcJson.bytes(description())).hex();
    }

    /** The description as a layout lists it. */
    Json.Obj listed() {
        Json.Builder listed = Json.object();
        description().members().forEach(listed::put);
        return listed.put("keyid", keyId()).build();
    }

    /** RFC 8410's PEM. */
    String pem() {
        return pem(key.spki());
    }

    /**
     * PEM with a NULL parameter after the algorithm, which RFC 8410 forbids. repro-threshold 0.1.2 counts only keys in
     * this form, since the library that it links takes the key's id over it.
     */
    String pemWithNull() {
        byte[] raw = key.raw();
        var spki = new byte[NULL_PARAMETER_PREFIX.length + raw.length];
        System.arraycopy(NULL_PARAMETER_PREFIX, 0, spki, 0, NULL_PARAMETER_PREFIX.length);
        System.arraycopy(raw, 0, spki, NULL_PARAMETER_PREFIX.length, raw.length);
        return pem(spki);
    }

    /** {@code signed} with this key's signature over its canonical JSON. */
    Json.Obj sign(Json.Obj signed) {
        Json.Obj signature = Json.object()
                .put("keyid", keyId())
                .put("sig", HEX.formatHex(signature(OlpcJson.bytes(signed))))
                .build();
        return Json.object()
                .put("signatures", Json.arr(List.of(signature)))
                .put("signed", signed)
                .build();
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("must be an Ed25519 private key", e);
        }
    }

    private static String pem(byte[] spki) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(spki)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
