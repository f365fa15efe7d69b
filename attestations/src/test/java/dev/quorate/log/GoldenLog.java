package dev.quorate.log;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The bundle and proof that stock clients accept, with the keys of its log and its witness. */
final class GoldenLog {
    private static final String FOLDER = "/vectors/key-bundle-with-log/";

    private GoldenLog() {}

    static byte[] file(String name) {
        try (InputStream in = GoldenLog.class.getResourceAsStream(FOLDER + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(file(name), StandardCharsets.UTF_8);
    }

    static NoteKey logKey() {
        String spki = between(text("trusted_root.json"), "\"publicKey\":{\"rawBytes\":\"", "\"");
        return new NoteKey(
                new KeyName("log.zones.example"),
                NoteAlgorithm.ED25519,
                Ed25519PublicKey.ofSpki(Base64.getDecoder().decode(spki)));
    }

    static CheckpointVerifier verifier() {
        return CheckpointVerifier.unwitnessed(logKey());
    }

    static String bundle(String from, String to) {
        return between(text("bundle.sigstore.json"), from, to);
    }

    static byte[] leaf() {
        return Base64.getDecoder().decode(bundle("\"canonicalizedBody\": \"", "\""));
    }

    static Sha256 leafHash() {
        return MerkleTree.leafHash(leaf());
    }

    static byte[] checkpoint() {
        return text("artifact.tlog-proof").split("\n\n", 2)[1].getBytes(StandardCharsets.UTF_8);
    }

    static Sha256 paeDigest() {
        byte[] payload = Base64.getDecoder().decode(bundle("\"payload\": \"", "\""));
        String type = bundle("\"payloadType\": \"", "\"");
        String body = new String(payload, StandardCharsets.UTF_8);
        return Sha256.of("DSSEv1 " + type.length() + " " + type + " " + payload.length + " " + body);
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }
}
