package dev.quorate.host.credential;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A TPM's public area (TPMT_PUBLIC) of an attestation key, held as its bytes. */
public final class AttestationKey {
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    private static final int LONGEST = 512;
    private static final int ECC = 0x0023;
    private static final int SHA256 = 0x000b;
    private static final int NULL = 0x0010;
    private static final int ECDSA = 0x0018;
    private static final int P256 = 0x0003;
    private static final int COORDINATE = 32;

    /** fixedTPM, fixedParent, sensitiveDataOrigin, restricted, sign. */
    private static final int NEEDED = 0x2 | 0x10 | 0x20 | 0x10000 | 0x40000;

    /** A key that also decrypts could be made to open what it should only sign. */
    private static final int DECRYPT = 0x20000;

    private final byte[] area;
    private final P256Key key;

    private AttestationKey(byte[] area, P256Key key) {
        this.area = area;
        this.key = key;
    }

    /**
     * Reads a TPMT_PUBLIC.
     *
     * @throws IllegalArgumentException unless it is a restricted P-256 signing key that was made in its TPM and cannot
     *     leave it
     */
    public static AttestationKey of(byte[] area) {
        if (area.length > LONGEST) {
            throw new IllegalArgumentException("is longer than the public area of a P-256 key");
        }
        try {
            return new AttestationKey(area.clone(), read(ByteBuffer.wrap(area)));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("is cut short", e);
        }
    }

    private static P256Key read(ByteBuffer in) {
        require(in.getShort() == ECC && in.getShort() == SHA256, "must be an elliptic-curve key named by SHA-256");
        int attributes = in.getInt();
        require(
                (attributes & NEEDED) == NEEDED && (attributes & DECRYPT) == 0,
                "must be a restricted signing key" + " that was made in its TPM and cannot leave it");
        bytes(in, Short.toUnsignedInt(in.getShort()));
        require(in.getShort() == NULL, "must have no symmetric algorithm");
        require(in.getShort() == ECDSA && in.getShort() == SHA256, "must sign with ECDSA and SHA-256");
        require(in.getShort() == P256 && in.getShort() == NULL, "must be on P-256");
        byte[] x = coordinate(in);
        byte[] y = coordinate(in);
        require(!in.hasRemaining(), "has bytes after its end");
        return P256Key.ofSpki(ByteBuffer.allocate(SPKI_PREFIX.length + 2 * COORDINATE)
                .put(SPKI_PREFIX)
                .put(x)
                .put(y)
                .array());
    }

    private static byte[] coordinate(ByteBuffer in) {
        require(in.getShort() == COORDINATE, "must have coordinates of 32 bytes");
        return bytes(in, COORDINATE);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        require(length <= in.remaining(), "is cut short");
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The TPMT_PUBLIC, a copy. */
    public byte[] area() {
        return area.clone();
    }

    /** The key that verifies quotes. */
    public P256Key key() {
        return key;
    }

    /** The TPM's name of the key: the name algorithm's number and its digest of the area. */
    public byte[] name() {
        return ByteBuffer.allocate(2 + 32)
                .putShort((short) SHA256)
                .put(Sha256.of(area).bytes())
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttestationKey that && java.util.Arrays.equals(area, that.area);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(area);
    }
}
