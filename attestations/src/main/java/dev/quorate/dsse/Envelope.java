package dev.quorate.dsse;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** A DSSE envelope: bytes, their type, and one signature that nobody has checked yet. */
public final class Envelope {
    /** The one payload type that is used here. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /** Longest payload accepted, in bytes. */
    public static final int MAX_PAYLOAD = 8 << 20;

    private static final int MAX_SIGNATURE = 72;

    private final byte[] payload;
    private final byte[] signature;

    private Envelope(byte[] payload, byte[] signature) {
        this.payload = payload;
        this.signature = signature;
    }

    /** Signs a statement. */
    public static Envelope sign(byte[] statement, Signer signer) throws GeneralSecurityException {
        return of(statement, signer.sign(pae(statement)));
    }

    /** Puts a statement and its DER signature together. */
    public static Envelope of(byte[] statement, byte[] signature) {
        return new Envelope(statement.clone(), signature.clone());
    }

    /** Reads the JSON form. */
    public static Envelope parse(byte[] json, String input) throws MalformedException {
        return read(Fields.of(JsonReader.read(json, 2 * MAX_PAYLOAD, input), input));
    }

    /** Reads the JSON form out of a message. */
    public static Envelope read(Fields fields) throws MalformedException {
        fields.literal("payloadType", IN_TOTO);
        byte[] payload = fields.string("payload", Base64Text::decode);
        List<byte[]> signatures = fields.objects("signatures", 1, Envelope::readSignature);
        fields.end();
        if (payload.length > MAX_PAYLOAD) {
            throw fields.wrong("payload", "is longer than " + MAX_PAYLOAD + " bytes");
        }
        if (signatures.size() != 1) {
            throw fields.wrong("signatures", "must hold exactly one signature");
        }
        return new Envelope(payload, signatures.getFirst());
    }

    private static byte[] readSignature(Fields fields) throws MalformedException {
        byte[] signature = fields.string("sig", Base64Text::decode);
        if (fields.has("keyid")) {
            fields.string("keyid");
        }
        fields.end();
        if (signature.length > MAX_SIGNATURE) {
            throw fields.wrong("sig", "is longer than a P-256 signature in DER");
        }
        return signature;
    }

    /** The payload, if the key signed it; the only way to read what is inside. */
    public Optional<VerifiedPayload> verify(P256Key key) {
        return key.verifies(pae(payload), signature)
                ? Optional.of(new VerifiedPayload(payload, key))
                : Optional.empty();
    }

    /** SHA-256 over the pre-authentication encoding: what a log entry names, and this attestation's digest. */
    public Sha256 digest() {
        return Sha256.of(pae(payload));
    }

    /** The signature in DER, a copy. */
    public byte[] signature() {
        return signature.clone();
    }

    /** The JSON form; no {@code keyid} is written. */
    public Json.Obj json() {
        return Json.object()
                .put("payload", Base64Text.encode(payload))
                .put("payloadType", IN_TOTO)
                .put(
                        "signatures",
                        Json.arr(List.of(Json.object()
                                .put("sig", Base64Text.encode(signature))
                                .build())))
                .build();
    }

    /** The pre-authentication encoding of an in-toto statement. */
    public static byte[] pae(byte[] statement) {
        var out = new ByteArrayOutputStream(statement.length + 64);
        String head = "DSSEv1 " + IN_TOTO.length() + " " + IN_TOTO + " " + statement.length + " ";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(statement);
        return out.toByteArray();
    }
}
