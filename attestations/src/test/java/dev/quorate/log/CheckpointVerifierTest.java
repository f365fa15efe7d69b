package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointVerifierTest {
    private static final TreeHead HEAD = new TreeHead(7, Sha256.of("root"));
    private final NoteSigner log = TestKeys.log();
    private final NoteSigner w1 = TestKeys.witness("w1.example/a");
    private final NoteSigner w2 = TestKeys.witness("w2.example/b");
    private final NoteSigner w3 = TestKeys.witness("w3.example/c");
    private final String text = new Checkpoint(TestKeys.ORIGIN, HEAD).text();

    private CheckpointVerifier requiring(int k) {
        return new CheckpointVerifier(log.key(), List.of(w1.key(), w2.key(), w3.key()), k);
    }

    @Test
    void theLoggedTimeIsTheOneOfTheKthWitness() throws Exception {
        SignedNote note = TestKeys.signed(log, HEAD, w1.cosign(text, 300), w2.cosign(text, 100), w3.cosign(text, 200));
        VerifiedCheckpoint verified = assertVerified(requiring(2).verify(note.bytes()));
        assertEquals(Optional.of(100L), verified.timeOf(1));
        assertEquals(Optional.of(200L), verified.timeOf(2));
        assertEquals(Optional.of(300L), verified.timeOf(3));
        assertEquals(Optional.empty(), verified.timeOf(4));
        assertEquals(Optional.empty(), verified.timeOf(0));
        assertEquals(
                List.of(w2.key(), w3.key(), w1.key()),
                verified.cosignatures().stream().map(Cosignature::witness).toList());
    }

    @Test
    void oneWitnessThatSignsTwiceIsOneWitness() throws Exception {
        SignedNote note = TestKeys.signed(log, HEAD, w1.cosign(text, 200), w1.cosign(text, 100));
        assertRefused(CheckpointRefusal.TOO_FEW_WITNESSES, requiring(2).verify(note));
        assertEquals(
                Optional.of(100L), assertVerified(requiring(1).verify(note)).timeOf(1));
    }

    @Test
    void strangersAreIgnoredEvenUnderAKnownName() throws Exception {
        NoteSigner stranger = TestKeys.witness("w1.example/a");
        SignedNote note = TestKeys.signed(log, HEAD, stranger.cosign(text, 100));
        assertVerified(requiring(0).verify(note));
        assertRefused(CheckpointRefusal.TOO_FEW_WITNESSES, requiring(1).verify(note));
    }

    @Test
    void aBadSignatureByAKnownKeyRefusesTheNote() throws Exception {
        NoteSignature overOtherText = w1.cosign(new Checkpoint(TestKeys.ORIGIN, TreeHead.EMPTY).text(), 100);
        SignedNote note = TestKeys.signed(log, HEAD, w2.cosign(text, 100), overOtherText);
        assertRefused(CheckpointRefusal.BAD_SIGNATURE, requiring(1).verify(note));
        var shortBlob = NoteSignature.of(log.key(), new byte[] {1, 2, 3});
        assertRefused(CheckpointRefusal.BAD_SIGNATURE, requiring(0).verify(TestKeys.signed(log, HEAD, shortBlob)));
    }

    @Test
    void aWitnessAloneDoesNotMakeACheckpoint() throws Exception {
        var note = new SignedNote(text, List.of(w1.cosign(text, 1)));
        assertRefused(CheckpointRefusal.NOT_SIGNED_BY_LOG, requiring(1).verify(note));
    }

    @Test
    void anotherLogsCheckpointIsRefused() throws Exception {
        String other = new Checkpoint("other.example", HEAD).text();
        var note = new SignedNote(other, List.of(log.sign(other)));
        assertRefused(CheckpointRefusal.WRONG_ORIGIN, requiring(0).verify(note));
    }

    @Test
    void extensionLinesAreAcceptedAndSigned() throws Exception {
        String extended = new Checkpoint(TestKeys.ORIGIN, HEAD, List.of("extension 1", "x")).text();
        var note = new SignedNote(extended, List.of(log.sign(extended)));
        assertEquals(
                List.of("extension 1", "x"),
                assertVerified(requiring(0).verify(note)).checkpoint().extensions());
    }

    @Test
    void sixtyFourSignaturesAreReadAndSixtyFiveAreNot() throws Exception {
        List<NoteSignature> strangers = new ArrayList<>();
        for (int i = 0; i < SignedNote.MAX_SIGNATURES - 1; i++) {
            strangers.add(NoteSignature.of(TestKeys.witness("s" + i).key(), new byte[72]));
        }
        SignedNote full = TestKeys.signed(log, HEAD, strangers.toArray(NoteSignature[]::new));
        assertVerified(requiring(0).verify(full.bytes()));
        byte[] tooMany = (full + strangers.getFirst().line()).getBytes(StandardCharsets.UTF_8);
        assertRefused(CheckpointRefusal.MALFORMED, requiring(0).verify(tooMany));
    }

    @Test
    void everyBitFlipAndTruncationOfAWitnessedCheckpointIsRefused() throws Exception {
        byte[] bytes = TestKeys.signed(log, HEAD, w1.cosign(text, 100)).bytes();
        assertVerified(requiring(1).verify(bytes));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(requiring(1).verify(flipped) instanceof CheckpointCheck.Verified, "bit " + bit);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertFalse(requiring(1).verify(cut) instanceof CheckpointCheck.Verified, "length " + length);
        }
    }

    @Test
    void aKeyUnderTwoNamesIsNotTwoWitnesses() {
        var again = new NoteKey(
                new KeyName("w9.example"),
                NoteAlgorithm.COSIGNATURE_V1,
                w1.key().key());
        assertThrows(
                IllegalArgumentException.class, () -> new CheckpointVerifier(log.key(), List.of(w1.key(), again), 2));
        assertThrows(IllegalArgumentException.class, () -> new CheckpointVerifier(log.key(), List.of(w1.key()), 2));
        assertThrows(IllegalArgumentException.class, () -> new CheckpointVerifier(w1.key(), List.of(), 0));
    }

    @Test
    void sizesHaveOneSpelling() {
        for (String size : List.of("07", "+7", "7 ", "", "-1", "9007199254740992", "99999999999999999999", "٧")) {
            String wrong = text.replace("\n7\n", "\n" + size + "\n");
            assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(wrong), size);
        }
    }

    static VerifiedCheckpoint assertVerified(CheckpointCheck check) {
        return assertInstanceOf(CheckpointCheck.Verified.class, check).checkpoint();
    }

    private static void assertRefused(CheckpointRefusal reason, CheckpointCheck check) {
        assertEquals(
                reason, assertInstanceOf(CheckpointCheck.Refused.class, check).reason());
    }
}
