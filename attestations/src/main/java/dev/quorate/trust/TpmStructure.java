package dev.quorate.trust;

import dev.quorate.dsse.Base64Text;
import java.util.Arrays;

/** A structure of a TPM 2.0 in the TPM's own bytes. Nothing in it is read. Immutable; equal by content. */
public final class TpmStructure {
    private static final int LONGEST = 1024;

    private final byte[] bytes;

    private TpmStructure(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a copy.
     *
     * @throws IllegalArgumentException for more than 1024 bytes
     */
    public static TpmStructure of(byte[] bytes) {
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("must be at most " + LONGEST + " bytes in base64");
        }
        return new TpmStructure(bytes.clone());
    }

    /**
     * Reads base64.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static TpmStructure parse(String base64) {
        return of(Base64Text.decode(base64));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TpmStructure that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64. */
    @Override
    public String toString() {
        return Base64Text.encode(bytes);
    }
}
