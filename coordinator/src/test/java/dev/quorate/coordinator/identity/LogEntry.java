package dev.quorate.coordinator.identity;

import static dev.quorate.coordinator.identity.PrivateSigstore.cat;
import static dev.quorate.coordinator.identity.PrivateSigstore.sha256;
import static dev.quorate.coordinator.identity.PrivateSigstore.sign;

import dev.quorate.dsse.Base64Text;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An entry of a log like Rekor v1, the fourth of seven, with all that the log says of it. */
record LogEntry(PrivateSigstore sigstore, byte[] body, Instant logged, KeyPair promising, KeyPair checkpointing) {
    /** Over all trees that the log had. */
    static final int INDEX = 1003;
    /** In the tree. */
    static final int LEAF = 3;

    static final int SIZE = 7;

    /** The body for a DSSE envelope; both texts are base64. */
    static byte[] dsse(byte[] payload, String signature, String verifier) throws Exception {
        String digest = HexFormat.of().formatHex(sha256(payload));
        String hash = "{\"algorithm\":\"sha256\",\"value\":\"" + digest + "\"}";
        String json = "{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"envelopeHash\":" + hash
                + ",\"payloadHash\":" + hash + ",\"signatures\":[{\"signature\":\"" + signature
                + "\",\"verifier\":\"" + verifier + "\"}]}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** The same of Rekor v2; all texts are base64. */
    static byte[] tiled(byte[] payload, String signature, String certificate) throws Exception {
        String json = "{\"apiVersion\":\"0.0.2\",\"kind\":\"dsse\",\"spec\":{\"dsseV002\":{\"payloadHash\":"
                + "{\"algorithm\":\"SHA2_256\",\"digest\":\"" + Base64Text.encode(sha256(payload))
                + "\"},\"signatures\":[{\"content\":\"" + signature
                + "\",\"verifier\":{\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\",\"x509Certificate\":{\"rawBytes\":\""
                + certificate + "\"}}}]}}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    byte[] logId() throws Exception {
        return sha256(sigstore.log.getPublic().getEncoded());
    }

    /** From the leaf's neighbour upwards. */
    List<byte[]> path() throws Exception {
        return List.of(leaf(2), node(leaf(0), leaf(1)), node(node(leaf(4), leaf(5)), leaf(6)));
    }

    byte[] root() throws Exception {
        List<byte[]> path = path();
        return node(node(path.get(1), node(path.get(0), leaf(LEAF))), path.get(2));
    }

    String checkpoint() throws Exception {
        return checkpoint("rekor.example - 7");
    }

    String checkpoint(String origin) throws Exception {
        String head = origin + "\n" + SIZE + "\n" + Base64Text.encode(root()) + "\n";
        byte[] signature = sign(checkpointing, head.getBytes(StandardCharsets.UTF_8));
        return head + "\n\u2014 rekor.example " + Base64Text.encode(cat(Arrays.copyOf(logId(), 4), signature)) + "\n";
    }

    /** The signed entry timestamp. */
    byte[] promise() throws Exception {
        String text = "{\"body\":\"" + Base64Text.encode(body) + "\",\"integratedTime\":" + logged.getEpochSecond()
                + ",\"logID\":\"" + HexFormat.of().formatHex(logId()) + "\",\"logIndex\":" + INDEX + "}";
        return sign(promising, text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] leaf(int index) throws Exception {
        return sha256(new byte[1], index == LEAF ? body : new byte[] {(byte) index});
    }

    private static byte[] node(byte[] left, byte[] right) throws Exception {
        return sha256(new byte[] {1}, left, right);
    }
}
