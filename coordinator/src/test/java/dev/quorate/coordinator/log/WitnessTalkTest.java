package dev.quorate.coordinator.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.log.Checkpoint;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.net.URI;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTalkTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final WitnessTalk.Proofs PROOFS = (oldSize, size) -> List.of();

    private final NoteSigner signer = TestLogs.signer("witness.example", NoteAlgorithm.COSIGNATURE_V1);
    private final WitnessTalk talk = new WitnessTalk(
            new Witness(signer.key(), URI.create("https://witness.example")), TestLogs.SIGNER.key(), () -> NOON);
    private final VerifiedCheckpoint head = head();

    private static VerifiedCheckpoint head() {
        try {
            var tree = new TreeHead(1, MerkleTree.leafHash(TestLogs.entry(0)));
            String text = new Checkpoint(TestLogs.SIGNER.key().name().text(), tree).text();
            var note = new SignedNote(text, List.of(TestLogs.SIGNER.sign(text)));
            var check = CheckpointVerifier.unwitnessed(TestLogs.SIGNER.key()).verify(note);
            return ((CheckpointCheck.Verified) check).checkpoint();
        } catch (SignatureException e) {
            throw new AssertionError(e);
        }
    }

    private WitnessAnswer cosigned(long time) throws Exception {
        talk.begin(head, PROOFS);
        String line = signer.cosign(head.note().text(), time).line();
        return ((WitnessTalk.Step.Over) talk.heard(200, line, head, PROOFS)).answer();
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, 0, 600})
    void aCosignatureOfAboutNowIsTaken(long seconds) throws Exception {
        assertInstanceOf(WitnessAnswer.Cosigned.class, cosigned(NOON.getEpochSecond() + seconds));
    }

    /** A verifier would refuse whatever is judged by such a time, for as long as the head is shown. */
    @ParameterizedTest
    @ValueSource(longs = {-601, 601, 1_000_000_000_000L})
    void aCosignatureOfAnotherTimeIsNotTaken(long seconds) throws Exception {
        var silent = assertInstanceOf(WitnessAnswer.Silent.class, cosigned(NOON.getEpochSecond() + seconds));
        assertEquals(WitnessAnswer.Reason.BAD_ANSWER, silent.reason());
        assertTrue(silent.detail().startsWith("witness witness.example says that it is second "), silent.detail());
    }

    @Test
    void aTimeBeyondEveryCalendarIsNotTaken() throws Exception {
        assertInstanceOf(WitnessAnswer.Silent.class, cosigned(Long.MAX_VALUE));
    }

    @Test
    void whoNamesAnotherSizeEachTimeIsAskedThreeTimes() throws Exception {
        WitnessTalk.Step step = talk.begin(head, PROOFS);
        for (String size : List.of("1", "0", "1")) {
            assertInstanceOf(WitnessTalk.Step.Ask.class, step);
            step = talk.heard(409, size + "\n", head, PROOFS);
        }
        var silent = (WitnessAnswer.Silent) ((WitnessTalk.Step.Over) step).answer();
        assertTrue(silent.detail().endsWith("names another size each time"), silent.detail());
    }

    @Test
    void aWitnessWhoseClockIsRightAgainIsTakenAgain() throws Exception {
        cosigned(NOON.plus(Duration.ofDays(1)).getEpochSecond());
        assertInstanceOf(WitnessAnswer.Cosigned.class, cosigned(NOON.getEpochSecond()));
    }
}
