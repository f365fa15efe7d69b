package dev.quorate.agent.identity;

import dev.quorate.key.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads certificates as RFC 7468 has them. */
public final class PemFile {
    private static final int MAX_BYTES = 1 << 20;

    private PemFile() {}

    /** The contents of every block of that label, in file order. */
    public static List<byte[]> read(Path file, String label) throws UnusableFileException {
        List<byte[]> blocks;
        try {
            blocks = Pem.read(bytes(file), label);
        } catch (IllegalArgumentException e) {
            throw new UnusableFileException(file, "holds a damaged " + label + "; restore it from a copy");
        }
        if (blocks.isEmpty()) {
            throw new UnusableFileException(file, "must hold a " + label + " in PEM");
        }
        return blocks;
    }

    private static byte[] bytes(Path file) throws UnusableFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnusableFileException(file, "is longer than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new UnusableFileException(file, "is not there; check the path");
        } catch (IOException e) {
            throw new UnusableFileException(file, "cannot be read; check its permissions");
        }
    }
}
