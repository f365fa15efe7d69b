package dev.quorate.agent.image;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * An image that was made.
 *
 * @param directory of its files
 * @param measured by a machine that boots it, with 2816 MiB of memory or more
 */
record MadeImage(Path directory, MeasuredBoot measured) {
    /** From that much on, what is measured is the same. */
    private static final long MEMORY = 4L << 30;

    static MadeImage of(Path directory, String commandLine) throws IOException {
        return new MadeImage(
                directory,
                MeasuredBoot.of(
                        Files.readAllBytes(directory.resolve("vmlinuz")),
                        Files.readAllBytes(directory.resolve("initrd")),
                        commandLine,
                        MEMORY));
    }

    /** The reference values, as {@code quorate trust add FILE profile --reference} takes them. */
    Json.Obj reference() {
        return Json.object().put("pcrs", measured.json()).build();
    }

    /** Its files' digests. */
    Json.Obj digests() throws IOException {
        Json.Builder digests = Json.object();
        for (String name : new String[] {"cmdline", "initrd", "root.img", "vmlinuz"}) {
            digests.put(name, digest(directory.resolve(name)).hex());
        }
        return digests.build();
    }

    private static Sha256 digest(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.ofDigest(digest.digest());
    }
}
