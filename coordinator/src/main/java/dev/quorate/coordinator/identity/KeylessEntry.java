package dev.quorate.coordinator.identity;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.DerCertificate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry of a transparency log in a bundle: of the kind {@code dsse}, 0.0.1 of Rekor v1 or 0.0.2 of Rekor v2, with an
 * inclusion proof. Nothing in it is verified.
 *
 * @param time when the log took it, if it signed that
 * @param about what the entry itself says
 */
record KeylessEntry(byte[] logId, Optional<Instant> time, Body about) {
    private static final String KIND = "dsse";
    private static final String VERSION = "0.0.1";
    /** Of a tiled log, which signs checkpoints and no times. */
    private static final String TILED = "0.0.2";

    private static final int MOST_HASHES = 64;
    private static final int MAX_BODY = 1 << 20;

    /** A checkpoint with one signature, and nothing that no signature covers. Possessive, so that no line takes stack. */
    private static final Pattern CHECKPOINT =
            Pattern.compile("[^\n]+\n([^\n]+)\n([^\n]+)\n(?:[^\n]+\n)*+\n\u2014 [^\n ]+ ([^\n ]+)\n");

    /** What was logged: digest of the payload, the signature, and the certificate. */
    record Body(Sha256 payload, byte[] signature, byte[] certificate) {}

    static KeylessEntry read(Fields fields) throws MalformedException {
        number(fields, "logIndex");
        Fields log = fields.object("logId");
        byte[] logId = log.string("keyId", Base64Text::decode);
        log.end();
        Fields kind = fields.object("kindVersion");
        kind.literal("kind", KIND);
        boolean tiled = kind.string("version").equals(TILED);
        kind.literal("version", tiled ? TILED : VERSION);
        kind.end();
        long seconds = number(fields, "integratedTime");
        boolean promised = !tiled && fields.has("inclusionPromise");
        if (promised) {
            Fields promise = fields.object("inclusionPromise");
            if (promise.string("signedEntryTimestamp", Base64Text::decode).length == 0) {
                throw promise.wrong("signedEntryTimestamp", "is empty; leave inclusionPromise out");
            }
            promise.end();
        }
        readProof(fields.object("inclusionProof"));
        byte[] bytes = fields.string("canonicalizedBody", Base64Text::decode);
        Body body = tiled ? readTiledBody(fields, bytes) : readBody(fields, bytes);
        fields.end();
        if (!promised && seconds != 0) {
            throw fields.wrong("integratedTime", "is a time that the log did not sign");
        }
        return new KeylessEntry(logId, promised ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty(), body);
    }

    /** The root and the size that the hashes lead to are the ones that the log signed. */
    private static void readProof(Fields proof) throws MalformedException {
        number(proof, "logIndex");
        long size = number(proof, "treeSize");
        byte[] root = proof.string("rootHash", Base64Text::decode);
        if (proof.has("hashes")) {
            proof.strings("hashes", MOST_HASHES, Base64Text::decode);
        }
        Fields checkpoint = proof.object("checkpoint");
        Matcher note = CHECKPOINT.matcher(checkpoint.string("envelope"));
        checkpoint.end();
        proof.end();
        if (!note.matches() || !decodes(note.group(3))) {
            throw checkpoint.wrong("envelope", "must be a checkpoint with one signature");
        }
        boolean same =
                note.group(1).equals(Long.toString(size)) && note.group(2).equals(Base64Text.encode(root));
        if (!same) {
            throw checkpoint.wrong("envelope", "is about another tree than the proof");
        }
    }

    private static boolean decodes(String base64) {
        try {
            return Base64Text.decode(base64).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Body readBody(Fields fields, byte[] bytes) throws MalformedException {
        Fields body = Fields.of(JsonReader.read(bytes, MAX_BODY, "canonicalizedBody"), "canonicalizedBody");
        body.literal("kind", KIND);
        body.literal("apiVersion", VERSION);
        Fields spec = body.object("spec");
        Fields hash = spec.object("payloadHash");
        hash.literal("algorithm", "sha256");
        Sha256 payload = hash.string("value", Sha256::parse);
        List<Body> bodies = spec.objects(
                "signatures",
                1,
                signature -> new Body(
                        payload,
                        signature.string("signature", Base64Text::decode),
                        signature.string("verifier", KeylessEntry::pem)));
        if (bodies.size() != 1) {
            throw fields.wrong("canonicalizedBody", "must hold exactly one signature");
        }
        return bodies.getFirst();
    }

    private static Body readTiledBody(Fields fields, byte[] bytes) throws MalformedException {
        Fields body = Fields.of(JsonReader.read(bytes, MAX_BODY, "canonicalizedBody"), "canonicalizedBody");
        body.literal("kind", KIND);
        body.literal("apiVersion", TILED);
        Fields spec = body.object("spec").object("dsseV002");
        Fields hash = spec.object("payloadHash");
        hash.literal("algorithm", "SHA2_256");
        Sha256 payload = hash.string("digest", base64 -> Sha256.ofDigest(Base64Text.decode(base64)));
        List<Body> bodies = spec.objects("signatures", 1, signature -> {
            byte[] content = signature.string("content", Base64Text::decode);
            Fields certificate = signature.object("verifier").object("x509Certificate");
            return new Body(payload, content, certificate.string("rawBytes", Base64Text::decode));
        });
        if (bodies.size() != 1) {
            throw fields.wrong("canonicalizedBody", "must hold exactly one signature");
        }
        return bodies.getFirst();
    }

    private static byte[] pem(String base64) {
        String text = new String(Base64Text.decode(base64), StandardCharsets.US_ASCII).strip();
        String head = "-----BEGIN CERTIFICATE-----";
        String foot = "-----END CERTIFICATE-----";
        if (!text.startsWith(head) || !text.endsWith(foot) || text.length() > 2 * DerCertificate.MAX_BYTES) {
            throw new IllegalArgumentException("must be a certificate in PEM");
        }
        return Base64.getMimeDecoder().decode(text.substring(head.length(), text.length() - foot.length()));
    }

    /** A 64-bit number in proto3's JSON: a decimal string that is left out when it is zero. */
    private static long number(Fields fields, String name) throws MalformedException {
        return fields.optional(name, KeylessEntry::decimal).orElse(0L);
    }

    private static long decimal(String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("must be a decimal number as text");
        }
        long value = Long.parseLong(text);
        if (value > Json.MAX_INTEGER) {
            throw new IllegalArgumentException("must be at most 2^53-1");
        }
        return value;
    }

    /** Whether it says that this signature over this payload was made under this certificate. */
    boolean isAbout(Sha256 payload, byte[] signature, DerCertificate certificate) {
        return about.payload().equals(payload)
                && Arrays.equals(about.signature(), signature)
                && Arrays.equals(about.certificate(), certificate.bytes());
    }
}
