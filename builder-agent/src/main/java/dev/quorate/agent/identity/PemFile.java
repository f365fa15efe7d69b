package dev.quorate.agent.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes RFC 7468 text. */
final class PemFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final int LINE = 64;

    private PemFile() {}

    /** The contents of every block of that label, in file order. */
    static List<byte[]> read(Path file, String label) throws UnusableFileException {
        String text = text(file);
        Pattern block = Pattern.compile(
                "-----BEGIN " + label + "-----\\s*([A-Za-z0-9+/=\\s]*?)\\s*-----END " + label + "-----");
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = block.matcher(text);
        while (matcher.find()) {
            try {
                blocks.add(Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", "")));
            } catch (IllegalArgumentException e) {
                throw new UnusableFileException(file, "holds a damaged " + label + "; restore it from a copy");
            }
        }
        if (blocks.isEmpty()) {
            throw new UnusableFileException(file, "must hold a " + label + " in PEM");
        }
        return List.copyOf(blocks);
    }

    /** One block as text. */
    static String write(String label, byte[] content) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static String text(Path file) throws UnusableFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnusableFileException(file, "is longer than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            throw new UnusableFileException(file, "is not there; check the path");
        } catch (IOException e) {
            throw new UnusableFileException(file, "cannot be read; check its permissions");
        }
    }
}
