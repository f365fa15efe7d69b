package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class GoldenLogTest {
    @Test
    void theProofThatStockClientsAcceptIsAcceptedAndWrittenTheSame() throws Exception {
        byte[] bytes = GoldenLog.file("artifact.tlog-proof");
        TlogProof proof = TlogProof.parse(bytes, "artifact.tlog-proof");
        var included = assertInstanceOf(
                TlogProofCheck.Included.class, proof.verify(GoldenLog.leafHash(), GoldenLog.verifier()));
        assertEquals(new LogIndex(5), included.index());
        assertEquals(11, included.checkpoint().head().size());
        assertArrayEquals(bytes, proof.bytes());
    }

    @Test
    void theLeafIsRebuiltByteForByte() {
        byte[] leaf = HashedRekord.leaf(
                GoldenLog.paeDigest(),
                Base64.getDecoder().decode(GoldenLog.bundle("\"sig\": \"", "\"")),
                Base64.getMimeDecoder().decode(GoldenLog.text("builder.pub").replaceAll("-----[A-Z ]*-----", "")));
        assertArrayEquals(GoldenLog.leaf(), leaf);
    }

    @Test
    void theLogIdOfTheTrustedRootIsTheIdOfTheNoteKey() {
        assertEquals(
                GoldenLog.bundle("\"keyId\": \"", "\""),
                StrictBase64.encode(GoldenLog.logKey().id()));
    }

    @Test
    void everyBitFlipOfTheProofIsRefused() {
        byte[] bytes = GoldenLog.file("artifact.tlog-proof");
        // The witness's line is by an unknown key here, and ignored; its own flips are in CheckpointVerifierTest.
        int end = GoldenLog.text("artifact.tlog-proof")
                .substring(0, GoldenLog.text("artifact.tlog-proof").lastIndexOf('\u2014'))
                .getBytes(StandardCharsets.UTF_8)
                .length;
        for (int bit = 0; bit < end * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(flipped, "bit " + bit);
        }
    }

    @Test
    void everyTruncationOfTheProofIsRefused() {
        byte[] bytes = GoldenLog.file("artifact.tlog-proof");
        int log = GoldenLog.text("artifact.tlog-proof").lastIndexOf('\u2014');
        int signed = GoldenLog.text("artifact.tlog-proof").substring(0, log).getBytes(StandardCharsets.UTF_8).length;
        for (int length = 0; length < bytes.length; length++) {
            // Cut before the witness's line, it is a whole proof of an unwitnessed checkpoint.
            if (length != signed) {
                assertRefused(Arrays.copyOf(bytes, length), "length " + length);
            }
        }
    }

    private static void assertRefused(byte[] bytes, String what) {
        try {
            TlogProofCheck check = TlogProof.parse(bytes, "mutant").verify(GoldenLog.leafHash(), GoldenLog.verifier());
            assertEquals(false, check instanceof TlogProofCheck.Included, what);
        } catch (MalformedException refused) {
            assertEquals(true, refused.getMessage().startsWith("mutant"), what);
        }
    }
}
