package dev.quorate.agent.image;

import dev.quorate.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hash tree that dm-verity checks each block of a disk by: version 1, SHA-256, blocks of 4096 bytes, no salt. It
 * lies behind the data, the root's block first (Documentation/admin-guide/device-mapper/verity.rst of the Linux kernel).
 *
 * @param blocks of data, which is also the number of the tree's first block
 * @param root digest of the tree's first block
 */
public record VerityTree(long blocks, Sha256 root) {
    public static final int BLOCK = 4096;

    /**
     * Appends the tree to a file of data.
     *
     * @param image at least two whole blocks
     */
    public static VerityTree append(Path image) throws IOException {
        long size = Files.size(image);
        if (size % BLOCK != 0 || size < 2 * BLOCK) {
            throw new IOException(image + " has " + size + " bytes, which are not whole blocks of " + BLOCK);
        }
        List<byte[]> levels = new ArrayList<>();
        try (InputStream data = Files.newInputStream(image)) {
            levels.add(level(data));
        }
        while (levels.getLast().length > BLOCK) {
            levels.add(level(new ByteArrayInputStream(levels.getLast())));
        }
        for (byte[] level : levels.reversed()) {
            Files.write(image, level, StandardOpenOption.APPEND);
        }
        return new VerityTree(size / BLOCK, Sha256.of(levels.getLast()));
    }

    /** The digests of all blocks, filled up to whole blocks with zeros. */
    private static byte[] level(InputStream blocks) throws IOException {
        var digests = new ByteArrayOutputStream();
        for (byte[] block = blocks.readNBytes(BLOCK); block.length > 0; block = blocks.readNBytes(BLOCK)) {
            digests.writeBytes(Sha256.of(block).bytes());
        }
        byte[] all = digests.toByteArray();
        return Arrays.copyOf(all, (all.length + BLOCK - 1) / BLOCK * BLOCK);
    }

    /** The word of the kernel's command line that the initial RAM disk opens the root by. */
    public String word() {
        return "quorate.root=" + blocks + ":" + root.hex();
    }
}
