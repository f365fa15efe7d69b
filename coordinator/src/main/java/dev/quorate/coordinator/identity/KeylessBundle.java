package dev.quorate.coordinator.identity;

import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.DerCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Sigstore bundle v0.3 with a certificate, in form. Nothing in it is verified.
 *
 * @param json as it was read; what sigstore-java is shown
 * @param tokens time-stamping tokens (RFC 3161), at most one
 */
public record KeylessBundle(
        Json.Obj json, DerCertificate certificate, KeylessEntry entry, List<Token> tokens, Envelope envelope) {
    /** Value of {@code mediaType}. */
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /** Longest bundle accepted, in bytes. */
    public static final int MAX_BYTES = 24 << 20;

    public KeylessBundle {
        tokens = List.copyOf(tokens);
    }

    /** Reads a file's bytes. */
    public static KeylessBundle parse(byte[] utf8, String input) throws MalformedException {
        return read(Fields.of(JsonReader.read(utf8, MAX_BYTES, input), input));
    }

    /** Reads it out of a message; unknown names are refused everywhere. */
    public static KeylessBundle read(Fields fields) throws MalformedException {
        fields.literal("mediaType", MEDIA_TYPE);
        Fields material = fields.object("verificationMaterial");
        Fields holder = material.object("certificate");
        DerCertificate certificate = holder.string("rawBytes", DerCertificate::parse);
        holder.end();
        List<KeylessEntry> entries = material.objects("tlogEntries", 1, KeylessEntry::read);
        List<Token> tokens = material.optionalObject("timestampVerificationData", KeylessBundle::readTokens)
                .orElse(List.of());
        material.end();
        Envelope envelope = fields.object("dsseEnvelope", Envelope::read);
        fields.end();
        if (entries.size() != 1) {
            throw material.wrong("tlogEntries", "must hold exactly one entry");
        }
        return new KeylessBundle(fields.json(), certificate, entries.getFirst(), tokens, envelope);
    }

    private static List<Token> readTokens(Fields fields) throws MalformedException {
        List<Token> tokens = fields.has("rfc3161Timestamps")
                ? fields.objects("rfc3161Timestamps", 1, KeylessBundle::readToken)
                : List.of();
        fields.end();
        return tokens;
    }

    private static Token readToken(Fields fields) throws MalformedException {
        byte[] der = fields.string("signedTimestamp", Base64Text::decode);
        fields.end();
        try {
            return Token.of(der);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("signedTimestamp", e.getMessage());
        }
    }

    /** Whatever says when it was signed; all of it must be good. */
    List<Instant> times() {
        List<Instant> times = new ArrayList<>();
        entry.time().ifPresent(times::add);
        tokens.forEach(token -> times.add(token.time()));
        return times;
    }

    /** The bytes to keep and to show. */
    public byte[] bytes() {
        return CanonicalJson.bytes(json);
    }

    /** The payload, if the certificate's key signed it; whose certificate it is, and when it was valid, is not looked at. */
    public Optional<VerifiedPayload> signed() {
        try {
            return envelope.verify(LeafCertificate.of(certificate).key());
        } catch (UnfitException e) {
            return Optional.empty();
        }
    }
}
