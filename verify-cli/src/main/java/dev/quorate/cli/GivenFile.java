package dev.quorate.cli;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A file that the user named. What cannot be read is the user's to mend, so it is a refusal and names the file. */
public record GivenFile(String name, Path path) {
    private static final int CHUNK = 1 << 20;

    /** The file of that name. */
    public static GivenFile of(Surroundings here, String name) throws RefusedException {
        return new GivenFile(name, here.path(name));
    }

    /** All its bytes, at most so many. */
    public byte[] bytes(int most) throws RefusedException {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new RefusedException(printable() + ": is longer than " + most + " bytes, the most there can be");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** SHA-256 of its content, however long. */
    public Sha256 sha256() throws RefusedException {
        MessageDigest digest = Sha256.newDigest();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = open()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return Sha256.ofDigest(digest.digest());
    }

    /** Its name, safe to print. */
    public String printable() {
        return Printable.of(name);
    }

    private InputStream open() throws IOException, RefusedException {
        if (Files.isDirectory(path)) {
            throw new RefusedException(printable() + ": is a directory where a file belongs");
        }
        return new FileInputStream(path.toFile());
    }

    private RefusedException unreadable(IOException e) {
        if (Files.notExists(path)) {
            return new RefusedException(printable() + ": there is no such file", e);
        }
        if (!Files.isReadable(path)) {
            return new RefusedException(printable() + ": may not be read by this user", e);
        }
        return new RefusedException(
                printable() + ": cannot be read: " + Printable.of(String.valueOf(e.getMessage())), e);
    }
}
