package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.quorate.digest.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogMonitorTest {
    private static final List<Sha256> LEAVES =
            IntStream.range(0, 20).mapToObj(i -> Sha256.of("leaf " + i)).toList();
    private final NoteSigner log = TestKeys.log();
    private final CheckpointVerifier verifier = CheckpointVerifier.unwitnessed(log.key());

    private SignedNote note(List<Sha256> leaves) throws Exception {
        return TestKeys.signed(log, new TreeHead(leaves.size(), MerkleTree.root(leaves)));
    }

    private VerifiedCheckpoint known(int size) throws Exception {
        return CheckpointVerifierTest.assertVerified(verifier.verify(note(LEAVES.subList(0, size))));
    }

    private LogObservation observe(int known, List<Sha256> next, List<Sha256> proof) throws Exception {
        return LogMonitor.compare(verifier, known(known), note(next).bytes(), proof);
    }

    private static List<Sha256> rewritten() {
        List<Sha256> other = new ArrayList<>(LEAVES);
        other.set(3, Sha256.of("another"));
        return other;
    }

    @Test
    void aGrowingLogIsConsistent() throws Exception {
        List<Sha256> proof = MerkleTree.consistencyProof(11, 20, SubtreeHashes.of(LEAVES));
        assertInstanceOf(LogObservation.Consistent.class, observe(11, LEAVES, proof));
        assertInstanceOf(LogObservation.Consistent.class, observe(20, LEAVES, List.of()));
    }

    @Test
    void aSmallerHeadIsARollback() throws Exception {
        assertInstanceOf(LogObservation.Rollback.class, observe(11, LEAVES.subList(0, 10), List.of()));
    }

    @Test
    void twoHeadsOfOneSizeAreAFork() throws Exception {
        assertInstanceOf(LogObservation.Fork.class, observe(20, rewritten(), List.of()));
    }

    @Test
    void aRewrittenPastIsAFork() throws Exception {
        List<Sha256> proof = MerkleTree.consistencyProof(11, 20, SubtreeHashes.of(rewritten()));
        assertInstanceOf(LogObservation.Fork.class, observe(11, rewritten(), proof));
    }

    @Test
    void aBadProofAccusesNobody() throws Exception {
        var unproven = assertInstanceOf(LogObservation.Unproven.class, observe(11, LEAVES, List.of()));
        assertEquals(ProofCheck.WRONG_LENGTH, unproven.why());
    }

    @Test
    void aForeignSignatureAccusesNobody() throws Exception {
        SignedNote foreign = TestKeys.signed(TestKeys.log(), new TreeHead(20, MerkleTree.root(LEAVES)));
        var bad = assertInstanceOf(
                LogObservation.BadSignature.class, LogMonitor.compare(verifier, known(11), foreign.bytes(), List.of()));
        assertEquals(CheckpointRefusal.NOT_SIGNED_BY_LOG, bad.reason());
    }
}
