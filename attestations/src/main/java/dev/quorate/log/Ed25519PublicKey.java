package dev.quorate.log;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 public key (RFC 8032) that the JDK can verify with. Equal by its 32 bytes. */
public final class Ed25519PublicKey {
    /** Length of a raw key in bytes. */
    public static final int LENGTH = 32;

    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] raw;
    private final PublicKey key;

    private Ed25519PublicKey(byte[] raw, PublicKey key) {
        this.raw = raw;
        this.key = key;
    }

    /**
     * Takes the 32 bytes of RFC 8032.
     *
     * @throws IllegalArgumentException if they are not the encoding of a point
     */
    public static Ed25519PublicKey ofRaw(byte[] raw) {
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
        }
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH);
        System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, LENGTH);
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            // The point is decoded only here.
            Signature.getInstance("Ed25519").initVerify(key);
            return new Ed25519PublicKey(raw.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("these 32 bytes are no Ed25519 public key", e);
        }
    }

    /**
     * Takes an RFC 8410 SubjectPublicKeyInfo in DER.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Ed25519PublicKey ofSpki(byte[] spki) {
        if (spki.length != SPKI_PREFIX.length + LENGTH
                || !Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)) {
            throw new IllegalArgumentException("an Ed25519 SubjectPublicKeyInfo has 44 bytes and its own prefix");
        }
        return ofRaw(Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length));
    }

    /** Takes a key of the JDK, as {@link #ofSpki} takes its encoding. */
    public static Ed25519PublicKey of(PublicKey key) {
        return ofSpki(key.getEncoded());
    }

    /** The 32 bytes, a copy. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The SubjectPublicKeyInfo in DER. */
    public byte[] spki() {
        return key.getEncoded();
    }

    /** Whether the signature over the message is this key's; false for whatever is no signature at all. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was accepted can verify", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(raw);
    }
}
