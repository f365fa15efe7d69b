package dev.quorate.it.sim;

import dev.quorate.log.MerkleTree;
import dev.quorate.log.TreeHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be true for whoever believes those heads alone that enough witnesses have cosigned. */
final class WitnessCheck {
    private final Witnessing witnessing;
    private final Map<Long, Instant> asked = new HashMap<>();
    private final Map<Long, byte[]> acknowledged = new TreeMap<>();
    private final List<List<byte[]>> believed = new ArrayList<>();

    WitnessCheck(Witnessing witnessing) {
        this.witnessing = witnessing;
    }

    /** A head of so many entries was shown to witnesses, not earlier than now. */
    void asked(long size, Instant now) {
        asked.putIfAbsent(size, now);
    }

    /** TIME: unless all who are enough may be corrupt, nothing is judged by a time before the head was there. */
    void judged(long size, Instant time) {
        if (witnessing.tellTheTime() && time.isBefore(asked.get(size).minus(SimulatedWitness.SKEW))) {
            throw new Violation(
                    "TIME", "a head of " + size + " was shown at " + asked.get(size) + ", and is of " + time);
        }
    }

    /** Somebody was told that this is entry number {@code index}, under a head that they believe. */
    void acknowledged(long index, byte[] leaf) {
        acknowledged.put(index, leaf);
        believed.forEach(this::requireAcknowledged);
    }

    /**
     * HIDDEN, SPLIT: somebody believes a head. If any two sets of witnesses that are enough share an honest one, the tree
     * has what others were told that it has, and it and each other tree that is believed begin alike.
     *
     * @param entries of the tree, which the oracle has from the log that made it
     */
    void believed(TreeHead head, List<byte[]> entries) {
        if (!MerkleTree.root(entries.stream().map(MerkleTree::leafHash).toList())
                .equals(head.root())) {
            throw new IllegalArgumentException("these are not the entries of that tree");
        }
        if (witnessing.forceOneHistory()) {
            requireAcknowledged(entries);
            for (List<byte[]> other : believed) {
                for (int i = 0; i < Math.min(other.size(), entries.size()); i++) {
                    if (!Arrays.equals(other.get(i), entries.get(i))) {
                        throw new Violation("SPLIT", "two histories are believed, which differ from entry " + i);
                    }
                }
            }
        }
        believed.add(List.copyOf(entries));
    }

    private void requireAcknowledged(List<byte[]> entries) {
        acknowledged.forEach((index, leaf) -> {
            if (witnessing.forceOneHistory()
                    && index < entries.size()
                    && !Arrays.equals(entries.get((int) (long) index), leaf)) {
                throw new Violation("HIDDEN", "a tree is believed without entry " + index + ", which was acknowledged");
            }
        });
    }
}
