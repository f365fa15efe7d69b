package dev.quorate.verify;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointRefusal;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.HashedRekord;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteKey;
import dev.quorate.log.VerifiedCheckpoint;
import dev.quorate.policy.Policy;
import dev.quorate.trust.TrustRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kit's lines after their signatures and their places in the log were verified.
 *
 * @param introductions keys that the trust root does not name and whose lines were not left out
 * @param strangers how many lines were left out because no trusted key is named in them
 */
record Lines(List<Line> lines, VerifiedCheckpoint checkpoint, Introductions introductions, int strangers) {

    static Lines verify(Kit kit, TrustRoot trust, Policy policy) throws RefusedException {
        Map<Sha256, P256Key> keys = keys(trust);
        Introductions introductions = Introductions.of(kit, trust, keys);
        keys.putAll(introductions.keys());
        List<Line> lines = new ArrayList<>();
        VerifiedCheckpoint checkpoint = null;
        LogEntry first = null;
        int number = 0;
        for (Bundle bundle : kit.bundles()) {
            number++;
            P256Key key = keys.get(bundle.hint());
            if (key == null) {
                continue;
            }
            int line = number;
            VerifiedPayload payload = bundle.envelope()
                    .verify(key)
                    .orElseThrow(() -> refused(RefusalCode.SIGNATURE_INVALID, line, "the signature is not its key's"));
            if (checkpoint == null) {
                first = bundle.entry();
                checkpoint = checkpoint(first, trust, policy, line);
            }
            if (!bundle.entry().checkpoint().equals(first.checkpoint())) {
                throw refused(RefusalCode.LOG_HEADS_DIFFER, line, "the lines are proven under different checkpoints");
            }
            checkEntry(bundle, key, first, checkpoint, line);
            lines.add(new Line(
                    line,
                    payload,
                    bundle.entry().index().value(),
                    bundle.envelope().digest(),
                    bundle.envelope().signature(),
                    bundle.timestamps()));
        }
        if (checkpoint == null) {
            throw new RefusedException(
                    RefusalCode.ROUND_MISSING, "no line of the kit is signed by a key of the trust root");
        }
        return new Lines(List.copyOf(lines), checkpoint, introductions, number - lines.size());
    }

    private static Map<Sha256, P256Key> keys(TrustRoot trust) {
        Map<Sha256, P256Key> keys = new HashMap<>();
        trust.builders().forEach(b -> b.keys().forEach(k -> keys.put(k.key().id(), k.key())));
        trust.certifiers().forEach(c -> c.keys().forEach(k -> keys.put(k.key().id(), k.key())));
        return keys;
    }

    private static VerifiedCheckpoint checkpoint(LogEntry entry, TrustRoot trust, Policy policy, int line)
            throws RefusedException {
        NoteKey log = trust.logs().stream()
                .filter(key -> key.id().equals(entry.logId()))
                .findFirst()
                .orElseThrow(() -> refused(RefusalCode.LOG_UNKNOWN, line, "the trust root does not name its log"));
        if (policy.witnesses() > trust.witnesses().size()) {
            throw new RefusedException(
                    RefusalCode.WITNESSES_TOO_FEW,
                    "the policy says witnesses: " + policy.witnesses() + ", and the trust root names "
                            + trust.witnesses().size());
        }
        var verifier = new CheckpointVerifier(log, trust.witnesses(), policy.witnesses());
        return switch (verifier.verify(entry.checkpointBytes())) {
            case CheckpointCheck.Verified(VerifiedCheckpoint verified) -> verified;
            case CheckpointCheck.Refused(CheckpointRefusal reason, String detail) ->
                throw refused(
                        reason == CheckpointRefusal.TOO_FEW_WITNESSES
                                ? RefusalCode.WITNESSES_TOO_FEW
                                : RefusalCode.LOG_CHECKPOINT_INVALID,
                        line,
                        detail);
        };
    }

    private static void checkEntry(Bundle bundle, P256Key key, LogEntry first, VerifiedCheckpoint checkpoint, int line)
            throws RefusedException {
        LogEntry entry = bundle.entry();
        byte[] leaf =
                HashedRekord.leaf(bundle.envelope().digest(), bundle.envelope().signature(), key.spki());
        if (!Arrays.equals(leaf, entry.body())) {
            throw refused(RefusalCode.LOG_ENTRY_MISMATCH, line, "its log entry is of another envelope");
        }
        boolean sameHead =
                entry.head().equals(checkpoint.head()) && entry.logId().equals(first.logId());
        boolean included = MerkleProof.inclusion(
                        entry.index(), MerkleTree.leafHash(leaf), checkpoint.head(), entry.hashes())
                .isProven();
        if (!sameHead || !included) {
            throw refused(
                    RefusalCode.LOG_INCLUSION_INVALID, line, "the log does not hold its entry where the line says");
        }
    }

    private static RefusedException refused(RefusalCode code, int line, String detail) {
        return new RefusedException(code, "line " + line + " of the kit: " + detail);
    }
}
