package dev.quorate.key;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import java.nio.file.Path;

/** A key that a TPM signs with while its PCRs have the values that the key was made at. */
public record TpmKey(String name, Path path) implements KeyReference {
    static final String SCHEME = "tpm:";
    private static final int MAX_BYTES = 64 * 1024;

    /**
     * Makes a key, sealed to what those PCRs hold now.
     *
     * @param tcti how tpm2-tools reach the TPM
     * @return the content of the key's file
     * @throws UnusableKeyException if the TPM does not
     */
    public static byte[] make(String tcti, Pcrs pcrs) throws UnusableKeyException, InterruptedException {
        return CanonicalJson.write(SealedBlobs.make(tcti, pcrs).json())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * Has the TPM certify the key with its attestation key, whatever state the machine is in.
     *
     * @throws UnusableKeyException if the TPM does not, or has no attestation key
     */
    public CertifiedKey certify() throws UnusableKeyException, InterruptedException {
        return CertifiedKey.of(name, sealed());
    }

    @Override
    public OpenKey open() throws UnusableKeyException {
        return new KeyInTpm(name, sealed());
    }

    private SealedBlobs sealed() throws UnusableKeyException {
        var file = new PrivateFile(name, path);
        byte[] content = file.bytes(MAX_BYTES);
        try {
            return SealedBlobs.parse(content);
        } catch (MalformedException e) {
            throw file.refused("is no key file of a TPM; make one with: quorate trust key --tpm PCRS -o FILE");
        }
    }
}
