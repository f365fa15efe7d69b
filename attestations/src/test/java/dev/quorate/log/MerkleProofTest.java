package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleProofTest {
    private static final int LARGEST = 70;
    private static final List<Sha256> LEAVES = IntStream.range(0, LARGEST)
            .mapToObj(i -> MerkleTree.leafHash(("entry " + i).getBytes(StandardCharsets.UTF_8)))
            .toList();

    private static TreeHead head(int size) {
        return new TreeHead(size, MerkleTree.root(LEAVES.subList(0, size)));
    }

    @Test
    void rootsAreThoseOfTheCertificateTransparencyTestVectors() {
        // The eight inputs and roots that the reference implementations of RFC 6962 are tested with.
        List<String> inputs = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        List<Sha256> leaves = inputs.stream()
                .map(HexFormat.of()::parseHex)
                .map(MerkleTree::leafHash)
                .toList();
        assertEquals(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                leaves.getFirst().hex());
        assertEquals(
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                MerkleTree.root(leaves).hex());
        assertEquals(Sha256.of(""), MerkleTree.root(List.of()));
    }

    @Test
    void everyEntryIsProvenInEveryTreeAndNowhereElse() throws Exception {
        SubtreeHashes hashes = SubtreeHashes.of(LEAVES);
        for (int size = 1; size <= LARGEST; size++) {
            for (int index = 0; index < size; index++) {
                List<Sha256> proof = MerkleTree.inclusionProof(new LogIndex(index), size, hashes);
                assertEquals(
                        ProofCheck.PROVEN,
                        MerkleProof.inclusion(new LogIndex(index), LEAVES.get(index), head(size), proof));
                for (int other = 0; other < size; other++) {
                    if (other != index) {
                        assertNotEquals(
                                ProofCheck.PROVEN,
                                MerkleProof.inclusion(new LogIndex(other), LEAVES.get(index), head(size), proof));
                    }
                }
                var here = new LogIndex(index);
                TreeHead head = head(size);
                refuseChanged(
                        proof, changed -> MerkleProof.inclusion(here, LEAVES.get((int) here.value()), head, changed));
            }
        }
    }

    @Test
    void everyTwoTreesAreProvenConsistent() throws Exception {
        SubtreeHashes hashes = SubtreeHashes.of(LEAVES);
        for (int size = 0; size <= LARGEST; size++) {
            for (int old = 0; old <= size; old++) {
                TreeHead older = head(old);
                TreeHead newer = head(size);
                List<Sha256> proof = MerkleTree.consistencyProof(old, size, hashes);
                assertEquals(ProofCheck.PROVEN, MerkleProof.consistency(older, newer, proof), old + " to " + size);
                refuseChanged(proof, changed -> MerkleProof.consistency(older, newer, changed));
            }
        }
    }

    @Test
    void anotherOldTreeIsAForkAndAnotherNewTreeAWorthlessProof() throws Exception {
        SubtreeHashes hashes = SubtreeHashes.of(LEAVES);
        for (int size = 2; size <= LARGEST; size++) {
            for (int old = 1; old < size; old++) {
                List<Sha256> proof = MerkleTree.consistencyProof(old, size, hashes);
                var otherOld = new TreeHead(old, Sha256.of("other"));
                var otherNew = new TreeHead(size, Sha256.of("other"));
                ProofCheck expected = Integer.bitCount(old) == 1 ? ProofCheck.WRONG_ROOT : ProofCheck.WRONG_OLD_ROOT;
                assertEquals(expected, MerkleProof.consistency(otherOld, head(size), proof));
                assertEquals(ProofCheck.WRONG_ROOT, MerkleProof.consistency(head(old), otherNew, proof));
            }
        }
    }

    @Test
    void absurdSizesAreRefusedWithoutWork() {
        var huge = new TreeHead(TreeHead.MAX_SIZE, Sha256.of("x"));
        var index = new LogIndex(TreeHead.MAX_SIZE - 1);
        assertEquals(ProofCheck.WRONG_LENGTH, MerkleProof.inclusion(index, LEAVES.getFirst(), huge, List.of()));
        assertEquals(ProofCheck.OUT_OF_RANGE, MerkleProof.inclusion(index, LEAVES.getFirst(), head(3), List.of()));
        assertEquals(ProofCheck.OUT_OF_RANGE, MerkleProof.consistency(huge, head(3), List.of()));
        assertEquals(ProofCheck.WRONG_LENGTH, MerkleProof.consistency(head(3), huge, LEAVES));
        assertThrows(IllegalArgumentException.class, () -> new LogIndex(-1));
        assertThrows(IllegalArgumentException.class, () -> new TreeHead(-1, Sha256.of("x")));
    }

    @Test
    void theCompactRangeHasTheSameRoots() throws Exception {
        var range = new CompactRange();
        for (int size = 0; size < LARGEST; size++) {
            assertEquals(head(size), range.head());
            assertEquals(
                    head(size), CompactRange.of(size, SubtreeHashes.of(LEAVES)).head());
            range.append(LEAVES.get(size));
        }
    }

    private interface Check {
        ProofCheck of(List<Sha256> proof);
    }

    private static void refuseChanged(List<Sha256> proof, Check check) {
        for (int i = 0; i < proof.size(); i++) {
            List<Sha256> changed = new ArrayList<>(proof);
            changed.set(i, Sha256.of("changed"));
            assertNotEquals(ProofCheck.PROVEN, check.of(changed));
            changed.remove(i);
            assertNotEquals(ProofCheck.PROVEN, check.of(changed));
        }
        List<Sha256> longer = new ArrayList<>(proof);
        longer.add(Sha256.of("more"));
        assertNotEquals(ProofCheck.PROVEN, check.of(longer));
    }
}
