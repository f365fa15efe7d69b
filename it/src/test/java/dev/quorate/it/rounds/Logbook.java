package dev.quorate.it.rounds;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.intoto.Statement;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.Checkpoint;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.HashedRekord;
import dev.quorate.log.KeyName;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.SubtreeHashes;
import dev.quorate.log.TreeHead;
import dev.quorate.tally.Logged;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;

/** A log in memory that remembers whole envelopes; everything in it is one round's. */
final class Logbook {
    private record Entry(Envelope envelope, Signer signer, byte[] leaf) {}

    private final NoteSigner signer;
    private final List<Entry> entries = new ArrayList<>();

    Logbook(String origin) throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = Ed25519NoteSigner.of(new KeyName(origin), NoteAlgorithm.ED25519, pair);
    }

    NoteKey key() {
        return signer.key();
    }

    <T> Logged<T> say(T value, Statement statement, Signer who) throws GeneralSecurityException {
        Envelope envelope = Envelope.sign(statement.bytes(), who);
        byte[] leaf = HashedRekord.leaf(
                envelope.digest(), envelope.signature(), who.publicKey().spki());
        entries.add(new Entry(envelope, who, leaf));
        return new Logged<>(value, who.publicKey(), entries.size() - 1L, envelope.digest());
    }

    Kit kit() throws Exception {
        List<Sha256> hashes =
                entries.stream().map(entry -> MerkleTree.leafHash(entry.leaf())).toList();
        var head = new TreeHead(hashes.size(), MerkleTree.root(hashes));
        String text = new Checkpoint(key().name().text(), head).text();
        String checkpoint = new SignedNote(text, List.of(signer.sign(text))).toString();
        List<Bundle> bundles = new ArrayList<>();
        for (Entry entry : entries) {
            var index = new LogIndex(bundles.size());
            List<Sha256> proof = MerkleTree.inclusionProof(index, hashes.size(), SubtreeHashes.of(hashes));
            var logged = new LogEntry(key().id(), index, head, proof, checkpoint, entry.leaf());
            bundles.add(new Bundle(entry.signer().publicKey().id(), logged, entry.envelope()));
        }
        return new Kit(bundles);
    }
}
