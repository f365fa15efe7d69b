package dev.quorate.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4). Equal by content; prints as 64 lower-case hex digits.
 */
public final class Sha256 implements Comparable<Sha256> {
    /** Length of a digest in bytes. */
    public static final int LENGTH = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Hashes the given bytes. */
    public static Sha256 of(byte[] data) {
        return new Sha256(newDigest().digest(data));
    }

    /** Hashes the UTF-8 form of the given text. */
    public static Sha256 of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes an already computed digest.
     *
     * @throws IllegalArgumentException unless there are exactly 32 bytes
     */
    public static Sha256 ofDigest(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + digest.length);
        }
        return new Sha256(digest.clone());
    }

    /**
     * Reads 64 lower-case hex digits.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Sha256 parse(String hex) {
        if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(Sha256::isLowerHex)) {
            throw new IllegalArgumentException("a SHA-256 digest is 64 lower-case hex digits");
        }
        return new Sha256(HEX.parseHex(hex));
    }

    /** A fresh hash state of the JDK's provider, for streaming. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isLowerHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    /** The 32 bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    @Override
    public int compareTo(Sha256 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
