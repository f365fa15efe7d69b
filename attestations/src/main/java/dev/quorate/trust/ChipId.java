package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The number that AMD burnt into a processor, as an SEV-SNP report shows it: 64 bytes; where a chip has 8, zeros follow
 * (SEV-SNP Firmware ABI, 56860, CHIP_ID).
 */
public final class ChipId {
    /** In bytes. */
    public static final int LENGTH = 64;

    private final byte[] bytes;

    private ChipId(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a copy.
     *
     * @throws IllegalArgumentException for another length, and for zeros, which a masked id shows
     */
    public static ChipId of(byte[] bytes) {
        if (bytes.length != LENGTH || Arrays.equals(bytes, new byte[LENGTH])) {
            throw new IllegalArgumentException("must be " + LENGTH + " bytes, not all of them zero");
        }
        return new ChipId(bytes.clone());
    }

    /**
     * Reads lower-case hex.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ChipId parse(String hex) {
        return of(LowerHex.parse(hex, LENGTH));
    }

    /** The machine that has it. */
    public HostId host() {
        return new HostId(Sha256.of(bytes));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChipId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
