package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import dev.quorate.key.Ed25519Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

class LogFuzzTest implements Fuzzed {
    private static final int LEAVES = 11;
    private static final NoteSigner LOG = signer(1, TestKeys.ORIGIN, NoteAlgorithm.ED25519);
    private static final NoteSigner WITNESS = signer(2, "w1", NoteAlgorithm.COSIGNATURE_V1);
    private static final List<Sha256> TREE = IntStream.range(0, LEAVES)
            .mapToObj(i -> MerkleTree.leafHash(new byte[] {(byte) i}))
            .toList();
    private static final CheckpointVerifier VERIFIER = new CheckpointVerifier(LOG.key(), List.of(WITNESS.key()), 1);

    /** The same keys in every run. */
    private static NoteSigner signer(int seed, String name, NoteAlgorithm algorithm) {
        byte[] pkcs8 = HexFormat.of()
                .parseHex("302e020100300506032b657004220420"
                        + "%02x".formatted(seed).repeat(32));
        try {
            return Ed25519NoteSigner.of(new KeyName(name), algorithm, Ed25519Pair.of(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<Target> targets() throws Exception {
        byte[] note = cosigned(new TreeHead(LEAVES, MerkleTree.root(TREE))).bytes();
        SignedNote signed = SignedNote.parse(note, "seed");
        byte[] proof =
                new TlogProof(new LogIndex(5), inclusion(5), signed).toString().getBytes(StandardCharsets.UTF_8);
        byte[] entries = entries();
        return List.of(
                Target.of("note", LogFuzzTest::note, note),
                Target.of("checkpoint-verified", bytes -> verified(note, bytes), note)
                        .costly(),
                Target.text(
                        "checkpoint", text -> new Text(Checkpoint.parse(text).text()), signed.text()),
                Target.text(
                        "note-key",
                        NoteKey::parse,
                        LOG.key().vkey(),
                        WITNESS.key().vkey()),
                Target.text(
                        "note-signature",
                        LogFuzzTest::signature,
                        signed.signatures().getFirst().line().stripTrailing()),
                Target.of("tlog-proof", LogFuzzTest::proof, proof).costly(),
                Target.text("tile-path", TilePath::parse, "tile/1/x001/234.p/5", "tile/entries/000"),
                Target.text("tree-size", TreeHead::parseSize, "17"),
                Target.text("log-index", LogIndex::parse, "17"),
                Target.of("hash-tile", LogFuzzTest::hashes, new byte[3 * Sha256.LENGTH]),
                Target.of("entry-bundle", LogFuzzTest::bundle, entries),
                Target.of(
                        "log-entry",
                        LogFuzzTest::entry,
                        Vectors.bundles("agreement_ok").getFirst().entry().body()),
                Target.of("merkle-proof", LogFuzzTest::merkle, merkleSeed(5, 7), merkleSeed(1, 8)),
                Target.of("ed25519-key", LogFuzzTest::ed25519, LOG.key().key().spki())
                        .refusing(IllegalArgumentException.class));
    }

    /** What a text reads as, told by how it is written. */
    private record Text(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static Text signature(String line) {
        return new Text(NoteSignature.parse(line).line().stripTrailing());
    }

    private static List<Sha256> inclusion(int index) throws IOException, MalformedException {
        return MerkleTree.inclusionProof(new LogIndex(index), LEAVES, SubtreeHashes.of(TREE));
    }

    private static SignedNote cosigned(TreeHead head) throws Exception {
        SignedNote note = TestKeys.signed(LOG, head);
        return TestKeys.signed(LOG, head, WITNESS.cosign(note.text(), 1_800_000_000L));
    }

    private static byte[] entries() {
        var out = new ByteArrayOutputStream();
        for (int i = 1; i <= 3; i++) {
            out.writeBytes(new byte[] {0, (byte) i});
            out.writeBytes(new byte[i]);
        }
        return out.toByteArray();
    }

    /** A note is written as it was read. */
    private static void note(byte[] bytes) throws MalformedException {
        assertArrayEquals(bytes, SignedNote.parse(bytes, "fuzz").bytes());
    }

    /** Nobody but the log and its witness makes a head that passes: what does says what the golden one says. */
    private static void verified(byte[] golden, byte[] bytes) {
        if (VERIFIER.verify(bytes) instanceof CheckpointCheck.Verified(var head)) {
            String good = new String(golden, StandardCharsets.UTF_8);
            assertEquals(
                    good.substring(0, good.indexOf("\n\n") + 1), head.note().text());
        }
    }

    private static void proof(byte[] bytes) throws MalformedException {
        TlogProof proof = TlogProof.parse(bytes, "fuzz");
        TlogProof again = TlogProof.parse(proof.toString().getBytes(StandardCharsets.UTF_8), "again");
        assertEquals(proof.toString(), again.toString());
        assertFalse(proof.verify(Sha256.of("another leaf"), VERIFIER) instanceof TlogProofCheck.Included);
    }

    private static void hashes(byte[] bytes) throws MalformedException {
        assertArrayEquals(bytes, HashTile.write(HashTile.read(bytes, TilePath.parse("tile/0/000.p/3"))));
    }

    /** Entries and their lengths are all that there is in a bundle. */
    private static void bundle(byte[] bytes) throws MalformedException {
        var out = new ByteArrayOutputStream();
        for (byte[] entry : EntryBundle.read(bytes, TilePath.parse("tile/entries/000.p/3"))) {
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) entry.length).array());
            out.writeBytes(entry);
        }
        assertArrayEquals(bytes, out.toByteArray());
    }

    /** A leaf is written as it was read. */
    private static void entry(byte[] bytes) throws MalformedException {
        HashedRekord.spki(bytes);
        HashedRekord.Entry entry =
                HashedRekord.read(bytes).orElseThrow(() -> new MalformedException("fuzz", "is no leaf"));
        assertArrayEquals(
                bytes,
                HashedRekord.leaf(entry.signed(), entry.signature(), entry.key().spki()));
    }

    private static void ed25519(byte[] bytes) {
        assertArrayEquals(bytes, Ed25519PublicKey.ofSpki(bytes).spki());
    }

    private static byte[] merkleSeed(int index, int older) throws IOException, MalformedException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(24)
                .putLong(index)
                .putLong(older)
                .putLong(LEAVES)
                .array());
        out.writeBytes(HashTile.write(inclusion(index)));
        return out.toByteArray();
    }

    /** A leaf that is not in a tree is not proven to be, and an older head that is another tree's neither. */
    private static void merkle(byte[] bytes) throws IOException, MalformedException {
        if (bytes.length < 24 || (bytes.length - 24) % Sha256.LENGTH != 0) {
            throw new MalformedException("fuzz", "is no proof");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long index = in.getLong() & Long.MAX_VALUE;
        long older = in.getLong() & Long.MAX_VALUE;
        long size = in.getLong() & Long.MAX_VALUE;
        List<Sha256> hashes = new ArrayList<>();
        for (int at = 24; at < bytes.length; at += Sha256.LENGTH) {
            hashes.add(Sha256.ofDigest(Arrays.copyOfRange(bytes, at, at + Sha256.LENGTH)));
        }
        if (index >= TreeHead.MAX_SIZE
                || older > TreeHead.MAX_SIZE
                || size > TreeHead.MAX_SIZE
                || older == 0
                || size == 0) {
            throw new MalformedException("fuzz", "is beyond every tree");
        }
        var head = new TreeHead(size, MerkleTree.root(TREE));
        Sha256 leaf = MerkleTree.leafHash(new byte[] {(byte) index});
        if (MerkleProof.inclusion(new LogIndex(index), leaf, head, hashes) == ProofCheck.PROVEN) {
            // A proof does not show a tree's size: heads do, and they are signed.
            assertEquals(size == LEAVES ? inclusion((int) index) : hashes, hashes);
        }
        var other = new TreeHead(older, Sha256.of("another tree"));
        if (older != size) {
            assertFalse(MerkleProof.consistency(other, head, hashes) == ProofCheck.PROVEN);
        }
    }
}
