package dev.quorate.tpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which TPM a machine has: what its maker says, the attestation key, and the proof that both are in one chip. The bytes
 * are the TPM's own; what they are worth is judged elsewhere.
 */
public record TpmIdentity(Tpm2Tools tools) {
    private static final String CERTIFICATE = "0x01c00002";
    private static final int SIZE_BYTES = 2;

    /** The endorsement certificate that its maker put there, DER. */
    public byte[] endorsementCertificate() throws IOException, InterruptedException {
        try (var _ = TpmTurn.take(tools.tcti())) {
            tools.run("tpm2_nvread", CERTIFICATE, "-o", "ek.der");
            return unpadded(read("ek.der"));
        }
    }

    /** An index may be longer than the certificate in it; DER says its own length. */
    private static byte[] unpadded(byte[] der) {
        boolean longForm = der.length > 4 && der[0] == 0x30 && (der[1] & 0xff) == 0x82;
        int length = longForm ? 4 + ((der[2] & 0xff) << 8 | der[3] & 0xff) : der.length;
        return Arrays.copyOf(der, Math.min(length, der.length));
    }

    /** TPMT_PUBLIC of the attestation key, which is made if there is none yet. */
    public byte[] attestationArea() throws IOException, InterruptedException {
        String handle = Tpm2Tools.ATTESTATION_KEY;
        try (var _ = TpmTurn.take(tools.tcti())) {
            if (!tools.tries("tpm2_readpublic", "-c", handle, "-f", "tss", "-o", "ak.pub")) {
                endorsementKey();
                tools.run("tpm2_createak", "-C", "ek.ctx", "-c", "ak.ctx", "-G", "ecc", "-g", "sha256", "-s", "ecdsa");
                tools.run("tpm2_evictcontrol", "-C", "o", "-c", "ak.ctx", handle);
                tools.run("tpm2_readpublic", "-c", handle, "-f", "tss", "-o", "ak.pub");
            }
            byte[] sized = read("ak.pub");
            return Arrays.copyOfRange(sized, Math.min(SIZE_BYTES, sized.length), sized.length);
        }
    }

    /**
     * Reads a credential that was made for this TPM and its attestation key.
     *
     * @param credential the file that {@code tpm2_activatecredential -i} reads
     * @throws TpmException if it was made for another
     */
    public byte[] activate(byte[] credential) throws IOException, InterruptedException {
        Files.write(path("credential"), credential);
        try (var _ = TpmTurn.take(tools.tcti())) {
            return activated();
        }
    }

    private byte[] activated() throws IOException, InterruptedException {
        endorsementKey();
        tools.run("tpm2_startauthsession", "--policy-session", "-S", "session.ctx");
        try {
            tools.run("tpm2_policysecret", "-S", "session.ctx", "-c", "e");
            tools.run(
                    "tpm2_activatecredential",
                    "-c",
                    Tpm2Tools.ATTESTATION_KEY,
                    "-C",
                    "ek.ctx",
                    "-i",
                    "credential",
                    "-o",
                    "secret",
                    "-P",
                    "session:session.ctx");
            return read("secret");
        } finally {
            tools.tries("tpm2_flushcontext", "session.ctx");
            Files.deleteIfExists(path("secret"));
        }
    }

    private void endorsementKey() throws IOException, InterruptedException {
        tools.run("tpm2_createek", "-c", "ek.ctx", "-G", "rsa", "-u", "ek.pub");
    }

    private byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    private Path path(String name) {
        return tools.directory().resolve(name);
    }
}
