package dev.quorate.cli.key;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Printable;
import dev.quorate.key.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** A public key as somebody hands it over: base64 of its SubjectPublicKeyInfo, or a file with that or with PEM. */
public final class PublicKeyText {
    private static final int MAX_BYTES = 16 * 1024;

    private PublicKeyText() {}

    /** Reads base64, or the file of that name. */
    public static P256Key read(Surroundings here, String text) throws RefusedException {
        if (!Files.exists(here.path(text))) {
            try {
                return P256Key.parse(text);
            } catch (IllegalArgumentException e) {
                throw new RefusedException(
                        Printable.of(text) + ": is neither a file nor base64 of a P-256 public key", e);
            }
        }
        GivenFile file = GivenFile.of(here, text);
        byte[] bytes = file.bytes(MAX_BYTES);
        try {
            List<byte[]> pem = Pem.read(bytes, "PUBLIC KEY");
            return !pem.isEmpty()
                    ? P256Key.ofSpki(pem.getFirst())
                    : P256Key.parse(new String(bytes, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file.printable() + ": holds no P-256 public key, in PEM or base64", e);
        }
    }
}
