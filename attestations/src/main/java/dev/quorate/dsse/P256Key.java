package dev.quorate.dsse;

import dev.quorate.digest.Sha256;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A public ECDSA key on P-256 (FIPS 186-5), held as its SubjectPublicKeyInfo in DER. */
public final class P256Key {
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    private static final int SPKI_LENGTH = SPKI_PREFIX.length + 64;
    private static final BigInteger FIELD_PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private final byte[] spki;
    private final PublicKey key;

    private P256Key(byte[] spki, PublicKey key) {
        this.spki = spki;
        this.key = key;
    }

    /**
     * Reads a SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException unless it is an uncompressed point on P-256 in its only DER form
     */
    public static P256Key ofSpki(byte[] spki) {
        boolean form = spki.length == SPKI_LENGTH
                && Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length);
        if (!form) {
            throw new IllegalArgumentException("must be an ECDSA P-256 public key");
        }
        try {
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            refuseOffCurve((ECPublicKey) key);
            return new P256Key(spki.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("must be a point on the curve P-256", e);
        }
    }

    /**
     * Takes a key of the JDK.
     *
     * @throws IllegalArgumentException unless it is on P-256
     */
    public static P256Key of(PublicKey key) {
        return ofSpki(key.getEncoded());
    }

    /**
     * Reads base64 of a SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static P256Key parse(String base64) {
        return ofSpki(Base64Text.decode(base64));
    }

    /** The SubjectPublicKeyInfo, a copy. */
    public byte[] spki() {
        return spki.clone();
    }

    /** SHA-256 over the SubjectPublicKeyInfo: the key's name. */
    public Sha256 id() {
        return Sha256.of(spki);
    }

    /** Base64 of {@link #id}, as a Sigstore bundle's {@code publicKey.hint}. */
    public String hint() {
        return Base64Text.encode(id().bytes());
    }

    /** PEM, as {@code openssl pkey -pubout} writes it. */
    public String pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki);
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /** The JDK's form. */
    public PublicKey publicKey() {
        return key;
    }

    /** Whether the DER signature is this key's over SHA-256 of the message. */
    public boolean verifies(byte[] message, byte[] derSignature) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(derSignature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether the DER signature is this key's over the message of that digest. */
    public boolean verifiesDigest(Sha256 digest, byte[] derSignature) {
        try {
            Signature signature = Signature.getInstance("NONEwithECDSA");
            signature.initVerify(key);
            signature.update(digest.bytes());
            return signature.verify(derSignature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void refuseOffCurve(ECPublicKey key) {
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger right = x.pow(3)
                .add(key.getParams().getCurve().getA().multiply(x))
                .add(key.getParams().getCurve().getB())
                .mod(FIELD_PRIME);
        boolean inField = x.compareTo(FIELD_PRIME) < 0 && y.compareTo(FIELD_PRIME) < 0;
        if (!inField || !y.pow(2).mod(FIELD_PRIME).equals(right)) {
            throw new IllegalArgumentException("must be a point on the curve P-256");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof P256Key that && Arrays.equals(spki, that.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }

    @Override
    public String toString() {
        return Base64Text.encode(spki);
    }
}
