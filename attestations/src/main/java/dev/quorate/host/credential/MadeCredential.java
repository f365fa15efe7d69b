package dev.quorate.host.credential;

import java.io.ByteArrayOutputStream;

/**
 * A credential that one TPM can read.
 *
 * @param blob TPM2B_ID_OBJECT
 * @param secret TPM2B_ENCRYPTED_SECRET
 */
public record MadeCredential(byte[] blob, byte[] secret) {
    private static final byte[] TOOLS_HEADER = {(byte) 0xba, (byte) 0xdc, (byte) 0xc0, (byte) 0xde, 0, 0, 0, 1};

    public MadeCredential {
        blob = blob.clone();
        secret = secret.clone();
    }

    @Override
    public byte[] blob() {
        return blob.clone();
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    /** The file that {@code tpm2_activatecredential -i} reads: magic, version 1, blob, secret. */
    public byte[] toolsFile() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(TOOLS_HEADER);
        out.writeBytes(blob);
        out.writeBytes(secret);
        return out.toByteArray();
    }
}
