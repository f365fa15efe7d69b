package dev.quorate.kit;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * One line of a kit; nothing in it is verified.
 *
 * @param hint SHA-256 of the signer's SPKI, as the bundle claims
 * @param timestamps answers of time-stamping authorities over the envelope's signature (RFC 3161, DER)
 */
public record Bundle(Sha256 hint, LogEntry entry, Envelope envelope, List<byte[]> timestamps) {
    /** Media type of Sigstore bundles v0.3. */
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private static final int MOST_TIMESTAMPS = 16;
    private static final int MAX_TIMESTAMP = 32_768;

    public Bundle {
        timestamps = List.copyOf(timestamps);
    }

    /** A line that nobody stamped. */
    public Bundle(Sha256 hint, LogEntry entry, Envelope envelope) {
        this(hint, entry, envelope, List.of());
    }

    /** Reads a line. */
    public static Bundle read(Fields fields) throws MalformedException {
        fields.literal("mediaType", MEDIA_TYPE);
        Fields material = fields.object("verificationMaterial");
        Fields key = material.object("publicKey");
        List<LogEntry> entries = material.objects("tlogEntries", 1, LogEntry::read);
        if (entries.size() != 1) {
            throw material.wrong("tlogEntries", "must hold exactly one entry of the log");
        }
        Fields times = material.object("timestampVerificationData");
        List<byte[]> timestamps = times.objects("rfc3161Timestamps", MOST_TIMESTAMPS, Bundle::timestamp);
        Envelope envelope = fields.object("dsseEnvelope", Envelope::read);
        var bundle = new Bundle(
                key.string("hint", text -> Sha256.ofDigest(Base64Text.decode(text))),
                entries.getFirst(),
                envelope,
                timestamps);
        times.end();
        key.end();
        material.end();
        fields.end();
        return bundle;
    }

    private static byte[] timestamp(Fields fields) throws MalformedException {
        byte[] timestamp = fields.string("signedTimestamp", Base64Text::decode);
        fields.end();
        if (timestamp.length > MAX_TIMESTAMP) {
            throw fields.wrong("signedTimestamp", "is longer than " + MAX_TIMESTAMP + " bytes");
        }
        return timestamp;
    }

    /** The line as a value. */
    public Json.Obj json() {
        Json.Obj material = Json.object()
                .put(
                        "publicKey",
                        Json.object()
                                .put("hint", Base64Text.encode(hint.bytes()))
                                .build())
                .put("tlogEntries", Json.arr(List.of(entry.json())))
                .put(
                        "timestampVerificationData",
                        Json.object()
                                .put(
                                        "rfc3161Timestamps",
                                        Json.arr(timestamps.stream()
                                                .map(Bundle::timestampJson)
                                                .toList()))
                                .build())
                .build();
        return Json.object()
                .put("mediaType", MEDIA_TYPE)
                .put("verificationMaterial", material)
                .put("dsseEnvelope", envelope.json())
                .build();
    }

    private static Json.Obj timestampJson(byte[] timestamp) {
        return Json.object()
                .put("signedTimestamp", Base64Text.encode(timestamp))
                .build();
    }
}
