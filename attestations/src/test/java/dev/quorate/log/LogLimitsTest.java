package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is at a limit passes, and what is one beyond it does not. */
class LogLimitsTest {
    private static final Sha256 HASH = Sha256.of("hash");

    private static void passes(Supplier<?> value) {
        assertDoesNotThrow(value::get);
    }

    private static void fails(String why, Supplier<?> value) {
        String message =
                assertThrows(IllegalArgumentException.class, value::get).getMessage();
        assertTrue(message.contains(why), message);
    }

    private static void refused(byte[] note) {
        assertThrows(MalformedException.class, () -> SignedNote.parse(note, "note"));
    }

    @Test
    void indexesAndSizes() {
        passes(() -> new LogIndex(0));
        passes(() -> new LogIndex(TreeHead.MAX_SIZE - 1));
        fails("0 to 2^53-2", () -> new LogIndex(TreeHead.MAX_SIZE));
        fails("0 to 2^53-2", () -> new LogIndex(-1));
        passes(() -> new TreeHead(TreeHead.MAX_SIZE, HASH));
        fails("0 to 2^53-1", () -> new TreeHead(TreeHead.MAX_SIZE + 1, HASH));
        assertTrue(new LogIndex(1).compareTo(new LogIndex(2)) < 0);
    }

    @Test
    void tiles() {
        passes(() -> TilePath.hashes(TilePath.MAX_LEVEL, 0, 1));
        fails("level 0 to 6", () -> TilePath.hashes(TilePath.MAX_LEVEL + 1, 0, 1));
        fails("level 0 to 6", () -> TilePath.hashes(-1, 0, 1));
        fails("1 to 256 wide", () -> TilePath.hashes(0, 0, 0));
        fails("1 to 256 wide", () -> TilePath.hashes(0, 0, TilePath.FULL + 1));
        for (int level = 0; level <= TilePath.MAX_LEVEL; level++) {
            int of = level;
            long last = TreeHead.MAX_SIZE >> 8 * (level + 1);
            passes(() -> TilePath.hashes(of, last, 1));
            fails("of that index", () -> TilePath.hashes(of, last + 1, 1));
            fails("of that index", () -> TilePath.hashes(of, -1, 1));
        }
        passes(() -> TilePath.entries(TreeHead.MAX_SIZE >> 8, 1));
        fails("of that index", () -> TilePath.entries((TreeHead.MAX_SIZE >> 8) + 1, 1));
        assertEquals(
                new TilePath(OptionalInt.of(2), 3, TilePath.FULL),
                TilePath.hashes(2, 3, 7).full());
    }

    @Test
    void aHashTileIsAsLongAsItsPathSays() {
        byte[] two = HashTile.write(List.of(HASH, HASH));
        assertEquals(List.of(HASH, HASH), assertDoesNotThrow(() -> HashTile.read(two, TilePath.hashes(0, 0, 2))));
        String message = assertThrows(MalformedException.class, () -> HashTile.read(two, TilePath.hashes(0, 0, 3)))
                .getMessage();
        assertTrue(message.endsWith("must be 96 bytes of hashes, not 64"), message);
    }

    @Test
    void aTreeHasNoSubtreeBeyondItsEnd() throws Exception {
        Map<TilePath, byte[]> tiles = new HashMap<>();
        tiles.put(TilePath.hashes(0, 0, 3), HashTile.write(List.of(HASH, HASH, HASH)));
        var hashes = new TileHashes(tiles::get, 3);
        assertEquals(HASH, hashes.hash(0, 2));
        assertThrows(IllegalArgumentException.class, () -> hashes.hash(1, 1));
        assertThrows(IllegalArgumentException.class, () -> hashes.hash(0, 3));
    }

    @Test
    void entries() throws Exception {
        assertEquals(1, EntryBundle.read(new byte[] {0, 0}, 1, "bundle").size());
        assertThrows(MalformedException.class, () -> EntryBundle.read(new byte[] {0}, 1, "bundle"));
        assertDoesNotThrow(() -> EntryBundle.requireLength(new byte[EntryBundle.MAX_ENTRY_BYTES]));
        assertThrows(
                IllegalArgumentException.class,
                () -> EntryBundle.requireLength(new byte[EntryBundle.MAX_ENTRY_BYTES + 1]));
    }

    @Test
    void names() {
        passes(() -> new KeyName("n".repeat(255)));
        fails("1 to 255", () -> new KeyName("n".repeat(256)));
        for (String bad : List.of("", "a+b", "a b", "a\u00a0b", "a\u2028b", "a\nb", "a\u0000b", "\ud800")) {
            fails("without spaces", () -> new KeyName(bad));
        }
    }

    @Test
    void verifierKeys() {
        // Names are shorter than that, so a key at the limit is refused for its name, and one beyond it for its form.
        String rest = "+00000000+" + TestKeys.log().key().vkey().split("\\+", 3)[2];
        fails("a key name has", () -> NoteKey.parse("n".repeat(512 - rest.length()) + rest));
        fails("has the form", () -> NoteKey.parse("n".repeat(513 - rest.length()) + rest));
        NoteKey key = TestKeys.log().key();
        assertEquals(key.vkey(), key.toString());
        assertEquals(key.key(), Ed25519PublicKey.ofSpki(key.key().spki()));
        assertNotEquals(key.key(), TestKeys.log().key().key());
        assertEquals(
                key.key().hashCode(), Ed25519PublicKey.ofRaw(key.key().raw()).hashCode());
        assertNotEquals(0, key.key().hashCode());
        assertEquals(64, key.key().toString().length());
    }

    @Test
    void thirtyTwoBytesThatAreNoPointAreNoKey() {
        var raw = new byte[Ed25519PublicKey.LENGTH];
        int refused = 0;
        for (int i = 2; i < 40; i++) {
            raw[0] = (byte) i;
            try {
                Ed25519PublicKey.ofRaw(raw);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        // About half of all numbers are the height of a point.
        assertTrue(refused > 5, refused + " of 38");
    }

    @Test
    void signatures() {
        passes(() -> new NoteSignature(new KeyName("n"), StrictBase64.encode(new byte[5])));
        fails("four bytes", () -> new NoteSignature(new KeyName("n"), StrictBase64.encode(new byte[4])));
        passes(() -> new NoteSignature(new KeyName("n"), StrictBase64.encode(new byte[6144])));
        fails("four bytes", () -> new NoteSignature(new KeyName("n"), StrictBase64.encode(new byte[6147])));
        fails("a signature line is", () -> NoteSignature.parse("\u2014 name"));
        fails("a key name has", () -> NoteSignature.parse("\u2014  AAAAAAA="));
    }

    private static String line(int number) {
        return new NoteSignature(new KeyName("n" + number), StrictBase64.encode(new byte[5])).line();
    }

    private static String lines(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(line(i));
        }
        return lines.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void notes() throws Exception {
        int most = SignedNote.MAX_SIGNATURES;
        assertEquals(
                most,
                SignedNote.parse(utf8("text\n\n" + lines(most)), "note")
                        .signatures()
                        .size());
        refused(utf8("text\n\n" + lines(most + 1)));
        refused(utf8("text\n\n"));
        refused(utf8("text\n" + line(1)));
        refused(utf8("\n\n"));
        assertEquals("\n", SignedNote.parse(utf8("\n\n" + line(1)), "note").text());
        String end = "\n\n" + line(1);
        byte[] longest = utf8("x".repeat(SignedNote.MAX_BYTES - utf8(end).length) + end);
        assertEquals(1, SignedNote.parse(longest, "note").signatures().size());
        refused(utf8("x".repeat(SignedNote.MAX_BYTES + 1 - utf8(end).length) + end));
        var signature = NoteSignature.parse(line(1).strip());
        passes(() -> new SignedNote("x".repeat(SignedNote.MAX_BYTES - 1) + "\n", List.of(signature)));
        fails("ends in a newline", () -> new SignedNote("x".repeat(SignedNote.MAX_BYTES) + "\n", List.of(signature)));
        var note = new SignedNote("text\n", List.of(signature));
        assertEquals(note, note.with(List.of(signature)));
        assertEquals(
                2,
                note.with(List.of(NoteSignature.parse(line(2).strip())))
                        .signatures()
                        .size());
    }

    @Test
    void checkpoints() {
        String head = "log.example\n3\n" + StrictBase64.encode(HASH) + "\n";
        passes(() -> Checkpoint.parse(head));
        passes(() -> Checkpoint.parse(head + "more\n".repeat(61)));
        fails("64 in all", () -> Checkpoint.parse(head + "more\n".repeat(62)));
        fails("64 in all", () -> Checkpoint.parse("log.example\n3\n"));
        var tree = new TreeHead(3, HASH);
        for (String bad : List.of("", "a\nb")) {
            fails("lines that are not empty", () -> new Checkpoint(bad, tree));
            fails("lines that are not empty", () -> new Checkpoint("log.example", tree, List.of(bad)));
        }
        fails("lines that are not empty", () -> new Checkpoint("\nlog.example", tree));
    }

    @Test
    void proofs() throws Exception {
        var note = TestKeys.signed(TestKeys.log(), new TreeHead(3, HASH));
        List<Sha256> most = Collections.nCopies(MerkleProof.MAX_HASHES, HASH);
        List<Sha256> more = Collections.nCopies(MerkleProof.MAX_HASHES + 1, HASH);
        var index = new LogIndex(0);
        var longest = new TlogProof(index, most, note);
        assertEquals(longest, TlogProof.parse(longest.bytes(), "proof"));
        fails("at most 63 hashes", () -> new TlogProof(index, more, note));
        String extra = "A".repeat(64 * 1024);
        var full = new TlogProof(Optional.of(extra), index, most, note);
        assertEquals(full, TlogProof.parse(full.bytes(), "proof"));
        fails("at most 65536", () -> new TlogProof(Optional.of(extra + "AAAA"), index, most, note));
        fails("base64", () -> new TlogProof(Optional.of("A"), index, most, note));
    }

    @Test
    void aProofHasAFormOfItsOwn() throws Exception {
        var note = TestKeys.signed(TestKeys.log(), new TreeHead(3, HASH));
        String end = "\n" + note;
        String start = "c2sp.org/tlog-proof@v1\n";
        assertDoesNotThrow(() -> TlogProof.parse(utf8(start + "index 0\n" + end), "proof"));
        assertDoesNotThrow(() -> TlogProof.parse(utf8(start + "extra AAAA\nindex 0\n" + end), "proof"));
        String hash = StrictBase64.encode(HASH) + "\n";
        for (String bad : List.of(
                start,
                start + end,
                start + "extra AAAA\n" + end,
                start + "index 0\n" + hash.repeat(MerkleProof.MAX_HASHES + 1) + end,
                "another header\nindex 0\n" + end,
                start + "index 0\nAAAA\n" + end,
                start + "index 00\n" + end,
                start + "index 0\n" + note)) {
            assertThrows(MalformedException.class, () -> TlogProof.parse(utf8(bad), "proof"), bad);
        }
        var long63 = start + "index 0\n" + hash.repeat(MerkleProof.MAX_HASHES) + end;
        assertEquals(
                MerkleProof.MAX_HASHES,
                TlogProof.parse(utf8(long63), "proof").hashes().size());
    }

    @Test
    void anEntryIsWithinItsTree() throws Exception {
        var head = new TreeHead(1, HASH);
        assertEquals(ProofCheck.PROVEN, MerkleProof.inclusion(new LogIndex(0), HASH, head, List.of()));
        assertEquals(ProofCheck.OUT_OF_RANGE, MerkleProof.inclusion(new LogIndex(1), HASH, head, List.of()));
        SubtreeHashes none = (level, index) -> HASH;
        assertThrows(IllegalArgumentException.class, () -> MerkleTree.inclusionProof(new LogIndex(1), 1, none));
        assertEquals(List.of(), MerkleTree.inclusionProof(new LogIndex(0), 1, none));
    }

    @Test
    void equalTreesHaveAnEmptyProof() {
        var head = new TreeHead(2, HASH);
        assertEquals(ProofCheck.PROVEN, MerkleProof.consistency(head, head, List.of()));
        assertEquals(ProofCheck.PROVEN, MerkleProof.consistency(TreeHead.EMPTY, head, List.of()));
        assertEquals(ProofCheck.WRONG_LENGTH, MerkleProof.consistency(head, head, List.of(HASH)));
        assertEquals(
                ProofCheck.WRONG_OLD_ROOT,
                MerkleProof.consistency(new TreeHead(2, Sha256.of("other")), head, List.of()));
        assertEquals(ProofCheck.OUT_OF_RANGE, MerkleProof.consistency(head, new TreeHead(1, HASH), List.of()));
    }

    @Test
    void cosignaturesAreInOneOrder() {
        var one = TestKeys.witness("a.example").key();
        var other = TestKeys.witness("b.example").key();
        assertTrue(new Cosignature(one, 1).compareTo(new Cosignature(other, 1)) < 0);
        assertTrue(new Cosignature(other, 1).compareTo(new Cosignature(one, 2)) < 0);
        assertEquals(0, new Cosignature(one, 1).compareTo(new Cosignature(one, 1)));
    }

    @Test
    void witnessesAreTheirOwnAndSignAtATime() throws Exception {
        NoteSigner log = TestKeys.log();
        NoteSigner witness = TestKeys.witness("w.example");
        fails("a log's key is of type 1", () -> new CheckpointVerifier(witness.key(), List.of(), 0));
        fails("a log's key is of type 1", () -> new CheckpointVerifier(log.key(), List.of(log.key()), 0));
        fails("0 to 1", () -> new CheckpointVerifier(log.key(), List.of(witness.key()), 2));
        fails("0 to 1", () -> new CheckpointVerifier(log.key(), List.of(witness.key()), -1));
        var verifier = new CheckpointVerifier(log.key(), List.of(witness.key()), 1);
        String text = new Checkpoint(TestKeys.ORIGIN, new TreeHead(2, HASH)).text();
        for (List<Long> times : List.of(List.of(0L), List.of(5L, 3L), List.of(3L, 5L), List.of(4L, 4L))) {
            List<NoteSignature> signatures = new java.util.ArrayList<>();
            for (long time : times) {
                signatures.add(witness.cosign(text, time));
            }
            var note = new SignedNote(text, List.of(log.sign(text))).with(signatures);
            var verified = (CheckpointCheck.Verified) verifier.verify(note);
            List<Cosignature> first = List.of(new Cosignature(witness.key(), Collections.min(times)));
            assertEquals(first, verified.checkpoint().cosignatures());
            assertEquals(note, verified.checkpoint().note());
        }
    }
}
