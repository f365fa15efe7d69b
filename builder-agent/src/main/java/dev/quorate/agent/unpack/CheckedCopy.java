package dev.quorate.agent.unpack;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;

/** Copies files whose content is known in advance. */
public final class CheckedCopy {
    private CheckedCopy() {}

    /**
     * Copies a file into a new one that everybody may read, making its directories.
     *
     * @throws IOException if it can't be read, or has other bytes than expected
     */
    public static void copy(Path from, Sha256 expected, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        if (!Sha256.ofDigest(digest.digest()).equals(expected)) {
            Files.delete(to);
            throw new IOException("the cached file " + from + " no longer has its digest; delete it to fetch it again");
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
