package dev.quorate.host.credential;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A TPMT_PUBLIC of a P-256 key that signs with ECDSA and SHA-256 (TPM 2.0 Library, part 2, 12.2.4).
 *
 * @param area its bytes
 * @param attributes a TPMA_OBJECT
 * @param policy the authPolicy, empty if there is none
 */
public record EccPublicArea(byte[] area, int attributes, byte[] policy, P256Key key) {
    /** Cannot leave its TPM, nor its parent, and was made there: fixedTPM, fixedParent, sensitiveDataOrigin. */
    public static final int FIXED = 0x2 | 0x10 | 0x20;
    /** May be used with its password: userWithAuth. */
    public static final int BY_PASSWORD = 0x40;
    /** Signs only what the TPM itself has made: restricted. */
    public static final int RESTRICTED = 0x10000;
    /** Decrypts. */
    public static final int DECRYPT = 0x20000;
    /** Signs. */
    public static final int SIGN = 0x40000;

    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    private static final int LONGEST = 512;
    private static final int ECC = 0x0023;
    private static final int SHA256 = 0x000b;
    private static final int NULL = 0x0010;
    private static final int ECDSA = 0x0018;
    private static final int P256 = 0x0003;
    private static final int COORDINATE = 32;

    public EccPublicArea {
        area = area.clone();
        policy = policy.clone();
    }

    /**
     * Reads it, and nothing after it.
     *
     * @throws IllegalArgumentException with a sentence's end if it is another kind of key's
     */
    public static EccPublicArea of(byte[] area) {
        if (area.length > LONGEST) {
            throw new IllegalArgumentException("is longer than the public area of a P-256 key");
        }
        try {
            return read(area, ByteBuffer.wrap(area));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("is cut short", e);
        }
    }

    private static EccPublicArea read(byte[] area, ByteBuffer in) {
        require(in.getShort() == ECC && in.getShort() == SHA256, "must be an elliptic-curve key named by SHA-256");
        int attributes = in.getInt();
        byte[] policy = bytes(in, Short.toUnsignedInt(in.getShort()));
        require(in.getShort() == NULL, "must have no symmetric algorithm");
        require(in.getShort() == ECDSA && in.getShort() == SHA256, "must sign with ECDSA and SHA-256");
        require(in.getShort() == P256 && in.getShort() == NULL, "must be on P-256");
        byte[] x = coordinate(in);
        byte[] y = coordinate(in);
        require(!in.hasRemaining(), "has bytes after its end");
        P256Key key = P256Key.ofSpki(ByteBuffer.allocate(SPKI_PREFIX.length + 2 * COORDINATE)
                .put(SPKI_PREFIX)
                .put(x)
                .put(y)
                .array());
        return new EccPublicArea(area, attributes, policy, key);
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

    /** Whether it has all of these attributes. */
    public boolean has(int bits) {
        return (attributes & bits) == bits;
    }

    /** A copy. */
    @Override
    public byte[] area() {
        return area.clone();
    }

    /** A copy. */
    @Override
    public byte[] policy() {
        return policy.clone();
    }

    /** The TPM's name of the key: the name algorithm's number and its digest of the area. */
    public byte[] name() {
        return ByteBuffer.allocate(2 + Sha256.LENGTH)
                .putShort((short) SHA256)
                .put(Sha256.of(area).bytes())
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EccPublicArea that && Arrays.equals(area, that.area);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(area);
    }
}
