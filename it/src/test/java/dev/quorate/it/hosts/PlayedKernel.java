package dev.quorate.it.hosts;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Plays Linux's part in measuring files: appends to a list as the kernel writes it, and extends PCR 10 of a TPM.
 *
 * @param list in the form of {@code binary_runtime_measurements}, template {@code ima-ng}
 */
record PlayedKernel(Path list, SoftwareTpm tpm) {
    private static final byte[] TEMPLATE = "ima-ng".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SHA256 = "sha256:\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SHA1 = 20;

    /** A program uses a file. */
    void use(String path, Sha256 content) throws IOException, InterruptedException {
        extend(Sha256.of(list(path, content)).hex());
    }

    /** A program uses a file while another one writes it: zeros in the list, ones in the register. */
    void violate() throws IOException, InterruptedException {
        append(new byte[SHA1], new byte[8]);
        extend("ff".repeat(Sha256.LENGTH));
    }

    /** Only the list has it yet. */
    byte[] list(String path, Sha256 content) throws IOException {
        byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] data = ByteBuffer.allocate(8 + SHA256.length + Sha256.LENGTH + name.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SHA256.length + Sha256.LENGTH)
                .put(SHA256)
                .put(content.bytes())
                .putInt(name.length)
                .put(name)
                .array();
        var sha1 = new byte[SHA1];
        sha1[0] = 1;
        append(sha1, data);
        return data;
    }

    private void append(byte[] sha1, byte[] data) throws IOException {
        byte[] entry = ByteBuffer.allocate(4 + SHA1 + 4 + TEMPLATE.length + 4 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(10)
                .put(sha1)
                .putInt(TEMPLATE.length)
                .put(TEMPLATE)
                .putInt(data.length)
                .put(data)
                .array();
        Files.write(list, entry, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void extend(String hex) throws IOException, InterruptedException {
        tpm.run("tpm2_pcrextend", "10:sha256=" + hex);
    }
}
