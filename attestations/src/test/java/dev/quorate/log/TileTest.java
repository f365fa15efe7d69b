package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TileTest {
    @Test
    void pathsHaveOneSpelling() {
        assertEquals("tile/0/x001/x234/067", TilePath.hashes(0, 1_234_067, 256).toString());
        for (String path : List.of(
                "tile/0/000", "tile/0/000.p/1", "tile/2/999.p/255", "tile/entries/x001/000", "tile/1/x123/456.p/7")) {
            assertEquals(path, TilePath.parse(path).toString());
        }
        for (String path : List.of(
                "checkpoint",
                "tile/0/0",
                "tile/0/x000/001",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/7/000",
                "tile/0/../000",
                "tile/0/x001/x",
                "/tile/0/000",
                "tile/0/000\n",
                "tile/0/" + "x999/".repeat(5) + "999",
                "tile/00/000")) {
            assertThrows(IllegalArgumentException.class, () -> TilePath.parse(path), path);
        }
    }

    @Test
    void widthsAreThoseOfTheSpecificationsExample() {
        assertEquals(256, TilePath.widthIn(70_000, 0, 272));
        assertEquals(112, TilePath.widthIn(70_000, 0, 273));
        assertEquals(0, TilePath.widthIn(70_000, 0, 274));
        assertEquals(17, TilePath.widthIn(70_000, 1, 1));
        assertEquals(1, TilePath.widthIn(70_000, 2, 0));
        assertEquals(1, TilePath.widthIn(256, 1, 0));
        assertTrue(TilePath.parse("tile/entries/273.p/112").isWithin(70_000));
        assertFalse(TilePath.parse("tile/entries/273.p/113").isWithin(70_000));
    }

    @Test
    void proofsOverTilesAreTheProofsOverLeaves() throws Exception {
        var random = new Random(6962);
        int size = 70_000;
        List<Sha256> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            leaves.add(Sha256.ofDigest(bytes));
        }
        Map<TilePath, byte[]> tiles = tiles(leaves);
        assertEquals(273 + 1 + 1 + 1 + 1, tiles.size());
        TileReader reader = path -> {
            if (!tiles.containsKey(path)) {
                throw new FileNotFoundException(path.toString());
            }
            return tiles.get(path);
        };
        SubtreeHashes direct = SubtreeHashes.of(leaves);
        var head = new TreeHead(size, MerkleTree.root(leaves));
        assertEquals(head.root(), MerkleTree.root(size, new TileHashes(reader, size)));
        for (int i = 0; i < 100; i++) {
            var index = new LogIndex(random.nextInt(size));
            int smaller = 1 + (int) index.value() + random.nextInt(size - (int) index.value());
            var hashes = new TileHashes(reader, size);
            List<Sha256> proof = MerkleTree.inclusionProof(index, size, hashes);
            assertEquals(ProofCheck.PROVEN, MerkleProof.inclusion(index, leaves.get((int) index.value()), head, proof));
            assertEquals(
                    MerkleTree.inclusionProof(index, smaller, direct),
                    MerkleTree.inclusionProof(index, smaller, hashes));
            assertEquals(
                    MerkleTree.consistencyProof(smaller, size, direct),
                    MerkleTree.consistencyProof(smaller, size, hashes));
        }
    }

    @Test
    void aTileOfTheWrongLengthIsRefused() {
        var hashes = new TileHashes(path -> new byte[31], 5);
        assertThrows(MalformedException.class, () -> MerkleTree.root(5, hashes));
    }

    @Test
    void bundlesReadAsTheyWereWrittenAndNothingElse() throws Exception {
        List<byte[]> entries = List.of(new byte[0], new byte[] {1, 2}, new byte[EntryBundle.MAX_ENTRY_BYTES]);
        byte[] bytes = EntryBundle.write(entries);
        TilePath path = TilePath.entries(0, 3);
        List<byte[]> read = EntryBundle.read(bytes, path);
        for (int i = 0; i < entries.size(); i++) {
            assertArrayEquals(entries.get(i), read.get(i));
        }
        for (int length : new int[] {0, 1, 2, 5, 6, 7, bytes.length - 1, bytes.length + 1}) {
            byte[] other = Arrays.copyOf(bytes, length);
            assertThrows(MalformedException.class, () -> EntryBundle.read(other, path), "length " + length);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> EntryBundle.write(List.of(new byte[EntryBundle.MAX_ENTRY_BYTES + 1])));
    }

    private static Map<TilePath, byte[]> tiles(List<Sha256> leaves) {
        Map<TilePath, byte[]> tiles = new HashMap<>();
        List<Sha256> level = leaves;
        for (int l = 0; !level.isEmpty(); l++) {
            List<Sha256> above = new ArrayList<>();
            for (int from = 0; from < level.size(); from += 256) {
                List<Sha256> tile = level.subList(from, Math.min(from + 256, level.size()));
                tiles.put(TilePath.hashes(l, from / 256, tile.size()), HashTile.write(tile));
                if (tile.size() == 256) {
                    above.add(MerkleTree.root(tile));
                }
            }
            level = above;
        }
        return tiles;
    }
}
