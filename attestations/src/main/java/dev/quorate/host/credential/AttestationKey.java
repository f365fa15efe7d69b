package dev.quorate.host.credential;

import dev.quorate.dsse.P256Key;

/** A TPM's public area (TPMT_PUBLIC) of an attestation key, held as its bytes. */
public final class AttestationKey {
    private static final int NEEDED = EccPublicArea.FIXED | EccPublicArea.RESTRICTED | EccPublicArea.SIGN;

    private final EccPublicArea area;

    private AttestationKey(EccPublicArea area) {
        this.area = area;
    }

    /**
     * Reads a TPMT_PUBLIC.
     *
     * @throws IllegalArgumentException unless it is a restricted P-256 signing key that was made in its TPM and cannot
     *     leave it
     */
    public static AttestationKey of(byte[] bytes) {
        EccPublicArea area = EccPublicArea.of(bytes);
        // A key that also decrypts could be made to open what it should only sign.
        if (!area.has(NEEDED) || area.has(EccPublicArea.DECRYPT)) {
            throw new IllegalArgumentException(
                    "must be a restricted signing key that was made in its TPM and cannot leave it");
        }
        return new AttestationKey(area);
    }

    /** The TPMT_PUBLIC, a copy. */
    public byte[] area() {
        return area.area();
    }

    /** The key that verifies quotes. */
    public P256Key key() {
        return area.key();
    }

    /** The TPM's name of the key: the name algorithm's number and its digest of the area. */
    public byte[] name() {
        return area.name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttestationKey that && area.equals(that.area);
    }

    @Override
    public int hashCode() {
        return area.hashCode();
    }
}
