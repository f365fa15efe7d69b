package dev.quorate.kit;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.log.HashedRekord;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An entry of the log as a bundle carries it; nothing in it is verified.
 *
 * @param logId SHA-256 over origin, newline, key type and key
 * @param head the tree that the hashes lead to
 * @param hashes siblings from the leaf upwards
 * @param checkpoint the signed note over the head
 * @param body the leaf
 */
public record LogEntry(
        Sha256 logId, LogIndex index, TreeHead head, List<Sha256> hashes, String checkpoint, byte[] body) {
    private static final int MAX_BODY = 65_535;

    public LogEntry {
        hashes = List.copyOf(hashes);
    }

    static LogEntry read(Fields fields) throws MalformedException {
        Fields kind = fields.object("kindVersion");
        kind.literal("kind", HashedRekord.KIND);
        kind.literal("version", HashedRekord.VERSION);
        kind.end();
        fields.literal("integratedTime", "0");
        Fields proof = fields.object("inclusionProof");
        Fields checkpoint = proof.object("checkpoint");
        Fields log = fields.object("logId");
        var entry = new LogEntry(
                log.string("keyId", LogEntry::hash),
                fields.string("logIndex", LogIndex::parse),
                new TreeHead(proof.string("treeSize", TreeHead::parseSize), proof.string("rootHash", LogEntry::hash)),
                proof.strings("hashes", MerkleProof.MAX_HASHES, LogEntry::hash),
                checkpoint.string("envelope"),
                fields.string("canonicalizedBody", Base64Text::decode));
        proof.literal("logIndex", entry.index.toString());
        log.end();
        checkpoint.end();
        proof.end();
        fields.end();
        if (entry.body.length > MAX_BODY) {
            throw fields.wrong("canonicalizedBody", "is longer than an entry of the log can be");
        }
        return entry;
    }

    Json.Obj json() {
        Json.Obj proof = Json.object()
                .put("logIndex", index.toString())
                .put("rootHash", text(head.root()))
                .put("treeSize", Long.toString(head.size()))
                .put("hashes", Json.strings(hashes.stream().map(LogEntry::text).toList()))
                .put("checkpoint", Json.object().put("envelope", checkpoint).build())
                .build();
        return Json.object()
                .put("logIndex", index.toString())
                .put("logId", Json.object().put("keyId", text(logId)).build())
                .put(
                        "kindVersion",
                        Json.object()
                                .put("kind", HashedRekord.KIND)
                                .put("version", HashedRekord.VERSION)
                                .build())
                .put("integratedTime", "0")
                .put("inclusionProof", proof)
                .put("canonicalizedBody", Base64Text.encode(body))
                .build();
    }

    /** The checkpoint's bytes. */
    public byte[] checkpointBytes() {
        return checkpoint.getBytes(StandardCharsets.UTF_8);
    }

    private static Sha256 hash(String base64) {
        return Sha256.ofDigest(Base64Text.decode(base64));
    }

    private static String text(Sha256 hash) {
        return Base64Text.encode(hash.bytes());
    }
}
