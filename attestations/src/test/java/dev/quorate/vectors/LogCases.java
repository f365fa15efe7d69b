package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.GOOD;
import static dev.quorate.vectors.Rounds.two;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.MemoryLog;
import dev.quorate.fixture.RoundScript;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.Checkpoint;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TreeHead;
import dev.quorate.verify.RefusalCode;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What the log proves, and what only looks like it: THREATS "Binding" and I8. */
final class LogCases {
    private LogCases() {}

    static List<Draft> all() {
        return List.of(
                entryOfAnother(),
                changedEntry(
                        "log_index_of_another_leaf_refuse",
                        """
                        A valid log entry for another leaf (CVE-2026-22703 in cosign): the proof says that the entry
                        stands elsewhere than it does, which would change the order of commit and reveal.""",
                        e -> entry(e, e.logId(), new LogIndex(1), e.head(), e.hashes())),
                changedEntry(
                        "log_index_beyond_the_tree_refuse",
                        """
                        A valid log entry for another leaf (CVE-2026-22703 in cosign): an index that the tree does not
                        have.""",
                        e -> entry(e, e.logId(), new LogIndex(1 << 20), e.head(), e.hashes())),
                changedEntry(
                        "inclusion_hashes_missing_refuse",
                        """
                        A valid log entry for another leaf (CVE-2026-22703 in cosign): a proof without hashes proves
                        only a tree of one entry.""",
                        e -> entry(e, e.logId(), e.index(), e.head(), List.of())),
                changedEntry("inclusion_root_of_its_own_refuse", """
                        A valid log entry for another leaf (CVE-2026-22703 in cosign): the line brings a tree of one
                        entry with it, beside a checkpoint that says otherwise.""", LogCases::alone),
                changedEntry(
                        "another_log_id_in_one_line_refuse",
                        """
                        The logId of every line but the first was not compared with the log's key (docs/track-record.md):
                        the last line says that it is in another log.""",
                        e -> entry(e, Sha256.of("another log"), e.index(), e.head(), e.hashes())),
                unknownLog(),
                forkedHead(),
                rolledBack(),
                olderHead(),
                signedByNobodyKnown(),
                anotherOrigin(),
                forgedText());
    }

    private interface Change {
        LogEntry of(LogEntry entry);
    }

    private static LogEntry entry(LogEntry e, Sha256 logId, LogIndex index, TreeHead head, List<Sha256> hashes) {
        return new LogEntry(logId, index, head, hashes, e.checkpoint(), e.body());
    }

    private static LogEntry alone(LogEntry e) {
        return entry(e, e.logId(), new LogIndex(0), new TreeHead(1, MerkleTree.leafHash(e.body())), List.of());
    }

    private static Draft changedEntry(String name, String lesson, Change change) {
        RoundScript script = Rounds.certified();
        List<Bundle> lines = script.bundles();
        Bundle last = lines.getLast();
        var changed = new Bundle(last.hint(), change.of(last.entry()), last.envelope());
        return Draft.of(name, script, lesson)
                .kit(Rounds.with(lines, lines.size() - 1, changed))
                .refused(RefusalCode.LOG_INCLUSION_INVALID);
    }

    private static Draft entryOfAnother() {
        RoundScript script = Rounds.certified();
        List<Bundle> lines = script.bundles();
        var moved = new Bundle(
                lines.get(4).hint(), lines.get(3).entry(), lines.get(4).envelope());
        return Draft.of("log_entry_of_another_envelope_refuse", script, """
                        A valid log entry for another leaf (CVE-2026-22703 in cosign): b2's proof comes with the entry
                        of b1's.""")
                .kit(Rounds.with(lines, 4, moved))
                .refused(RefusalCode.LOG_ENTRY_MISMATCH);
    }

    private static Draft unknownLog() {
        RoundScript script = Rounds.certified();
        return Draft.of("unknown_log_refuse", script, """
                        Keys fetched from the service being verified (CVE-2023-47122): the kit is proven in a log that
                        the trust root does not name.""")
                .kitText(kit -> kit.replace(
                        "\"keyId\":\"" + base64(script.log().key().id()),
                        "\"keyId\":\"" + base64(Sha256.of("unknown"))))
                .refused(RefusalCode.LOG_UNKNOWN);
    }

    private static String base64(Sha256 hash) {
        return Base64.getEncoder().encodeToString(hash.bytes());
    }

    private static Draft forkedHead() {
        RoundScript script = two().open().agree(GOOD);
        MemoryLog fork = script.log().fork();
        RoundScript certified = script.certify();
        List<Bundle> lines = certified.bundles();
        Bundle last = lines.getLast();
        fork.append(lines.getFirst().envelope(), script.certifier().publicKey());
        fork.append(last.envelope(), script.certifier().publicKey());
        Bundle forked = fork.bundle(
                last.envelope(),
                script.certifier().publicKey(),
                fork.head().size() - 1,
                fork.checkpoint(RoundScript.START.plusSeconds(90)));
        return Draft.of("forked_log_refuse", certified, """
                        A forked checkpoint (THREATS, Binding): the log's key signed two heads, and the certificate is
                        under the one, everything else under the other.""")
                .kit(Rounds.with(lines, lines.size() - 1, forked))
                .refused(RefusalCode.LOG_HEADS_DIFFER);
    }

    private static Draft rolledBack() {
        RoundScript script = two().open().agree(GOOD);
        SignedNote old = script.log().checkpoint(RoundScript.START.plusSeconds(50));
        TreeHead head = script.log().head();
        List<Bundle> before = script.bundles(old);
        List<Bundle> lines = new ArrayList<>(before);
        Bundle last = script.certify().bundles().getLast();
        var moved = new LogEntry(
                last.entry().logId(),
                last.entry().index(),
                head,
                last.entry().hashes(),
                old.toString(),
                last.entry().body());
        lines.add(new Bundle(last.hint(), moved, last.envelope()));
        return Draft.of("rolled_back_checkpoint_refuse", script, """
                        A rolled-back checkpoint (THREATS, Binding): the head is genuine and older than the
                        certificate, which is therefore not under it.""")
                .kit(lines)
                .refused(RefusalCode.LOG_INCLUSION_INVALID);
    }

    private static Draft olderHead() {
        RoundScript script = two().open().agree(GOOD);
        Bundle early = script.bundles().getFirst();
        script.certify();
        return Draft.of("two_heads_of_one_log_refuse", script, """
                        A rolled-back checkpoint (THREATS, Binding): two genuine heads of one log. Without a consistency
                        proof between them nobody can tell a fork from growth.""")
                .kit(Rounds.with(script.bundles(), 0, early))
                .refused(RefusalCode.LOG_HEADS_DIFFER);
    }

    private static Draft signedByNobodyKnown() {
        RoundScript script = Rounds.certified();
        return Draft.of("checkpoint_signed_by_nobody_known_refuse", script, """
                        A forked checkpoint (THREATS, Binding): its signature is by a key that the trust root does not
                        name, under the log's own name.""")
                .kit(script.bundles(signed(script.log().text(), new MemoryLog("log.example", 0).signer())))
                .refused(RefusalCode.LOG_CHECKPOINT_INVALID);
    }

    private static Draft anotherOrigin() {
        RoundScript script = Rounds.certified();
        String text = new Checkpoint("other.example", script.log().head()).text();
        return Draft.of("checkpoint_of_another_origin_refuse", script, """
                        A forked checkpoint (THREATS, Binding): the log's key signed a head under another origin.""")
                .kit(script.bundles(signed(text, script.log().signer())))
                .refused(RefusalCode.LOG_CHECKPOINT_INVALID);
    }

    private static SignedNote signed(String text, NoteSigner signer) {
        try {
            return new SignedNote(text, List.of(signer.sign(text)));
        } catch (SignatureException e) {
            throw new AssertionError(e);
        }
    }

    private static Draft forgedText() {
        RoundScript script = Rounds.certified();
        List<NoteSignature> signatures =
                script.log().checkpoint(RoundScript.START.plusSeconds(90)).signatures();
        String text = new Checkpoint(
                        "log.example", new TreeHead(99, script.log().head().root()))
                .text();
        return Draft.of("checkpoint_changed_after_signing_refuse", script, """
                        A forked checkpoint (THREATS, Binding): another tree size under the signature of the true one.""")
                .kit(script.bundles(new SignedNote(text, signatures)))
                .refused(RefusalCode.LOG_CHECKPOINT_INVALID);
    }
}
