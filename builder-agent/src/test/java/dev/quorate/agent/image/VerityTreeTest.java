package dev.quorate.agent.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expected digests are what cryptsetup 2.6.1 made of the same data: {@code veritysetup format --no-superblock --salt=-}. */
class VerityTreeTest {
    @TempDir
    Path directory;

    @Test
    void itIsTheTreeThatVeritysetupMakes() throws Exception {
        Path image = image(300);
        VerityTree tree = VerityTree.append(image);
        assertEquals("quorate.root=300:edc24cd4615abcd726845d41c1e48a99aeb5837da57ffd6c74dce3919d1d6447", tree.word());
        assertEquals(
                Sha256.parse("2c979c88026595a698b2e79ee8b52a36da44602553ac4e642e4281927e13f1e2"),
                Sha256.of(Files.readAllBytes(image)));
    }

    @Test
    void anotherByteIsAnotherRoot() throws Exception {
        Path image = image(130);
        byte[] changed = Files.readAllBytes(image);
        String root = VerityTree.append(image).word();
        changed[129 * VerityTree.BLOCK] ^= 1;
        String other = VerityTree.append(Files.write(directory.resolve("other"), changed))
                .word();
        assertEquals(root.length(), other.length());
        assertEquals(root.substring(0, 17), other.substring(0, 17));
        assertNotEquals(root, other);
    }

    @Test
    void partsOfBlocksAreNoImage() throws Exception {
        Path image = Files.write(directory.resolve("part"), new byte[3 * VerityTree.BLOCK + 1]);
        assertThrows(IOException.class, () -> VerityTree.append(image));
        Path one = Files.write(directory.resolve("one"), new byte[VerityTree.BLOCK]);
        assertThrows(IOException.class, () -> VerityTree.append(one));
    }

    private Path image(int blocks) throws IOException {
        var data = new byte[blocks * VerityTree.BLOCK];
        for (int i = 0; i < blocks; i++) {
            Arrays.fill(data, i * VerityTree.BLOCK, (i + 1) * VerityTree.BLOCK, (byte) (i % 251));
        }
        return Files.write(directory.resolve("image" + blocks), data);
    }
}
